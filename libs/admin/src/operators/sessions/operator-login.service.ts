import { Injectable } from '@nestjs/common';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { Problem } from '@app/problem';
import { OperatorAttemptsService } from '../attempts/operator-attempts.service.js';
import { PasswordsService } from '../credentials/passwords.service.js';
import { SecondFactorService } from '../credentials/second-factor.service.js';
import { actorOf, OPERATOR_NAME } from '../operator-name.js';
import { type OpenedOperatorSession, OperatorSessionsService } from './operator-sessions.service.js';

/** What an operator signs in with. */
export interface OperatorCredentials {
  readonly name: string;
  readonly password: string;
  /** Of TOTP, or a recovery code. */
  readonly code: string;
}

/** Signs operators in. */
@Injectable()
export class OperatorLoginService {
  constructor(
    private readonly attempts: OperatorAttemptsService,
    private readonly passwords: PasswordsService,
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: OperatorSessionsService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Opens a session. Unknown names, wrong passwords and wrong codes are answered alike, after the same work: one hash of a password and one
   * check of a code.
   * @param address under which attempts are counted
   * @throws {Problem} `operator_credentials_invalid`, `rate_limited`
   */
  async login(
    { name, password, code }: OperatorCredentials,
    address: string,
    client: ClientInfo,
  ): Promise<OpenedOperatorSession> {
    const subjects = [
      { kind: 'name', value: name },
      { kind: 'address', value: address },
    ] as const;
    await this.attempts.begin(subjects);
    // No operator has the empty name.
    const who = { name: OPERATOR_NAME.test(name) ? name : '' };
    const { operator, isRight } = await this.passwords.check(who, password);
    const known = operator && isRight ? operator : undefined;
    const opened = await this.secondFactor.confirmed(known, code, 'any', async (manager, live) => {
      await this.attempts.succeeded(manager, subjects);
      await this.events.write(manager, { kind: 'operator_login', actor: actorOf(name), client });
      return this.sessions.open(manager, live);
    });
    if (opened) return opened;
    // An unknown name may be a password in the wrong field.
    const detail = operator ? name : 'unknown name';
    this.events.record({ kind: 'operator_login_refused', client, detail });
    throw new Problem('operator_credentials_invalid');
  }
}

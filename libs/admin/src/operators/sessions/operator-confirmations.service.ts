import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { Problem } from '@app/problem';
import { OperatorAttemptsService } from '../attempts/operator-attempts.service.js';
import { PasswordsService } from '../credentials/passwords.service.js';
import { SecondFactorService } from '../credentials/second-factor.service.js';
import { actorOf } from '../operator-name.js';
import { Operator } from '../tables/operator.entity.js';
import { type LiveOperatorSession, OperatorSessionsService } from './operator-sessions.service.js';

/** The passwords of a change, and a code of TOTP. */
export interface PasswordChange {
  readonly password: string;
  readonly newPassword: string;
  readonly code: string;
}

/** What an operator who is signed in does with another code of TOTP. */
@Injectable()
export class OperatorConfirmationsService {
  constructor(
    private readonly attempts: OperatorAttemptsService,
    private readonly passwords: PasswordsService,
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: OperatorSessionsService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Opens the routes with `@StepUp()` for five minutes.
   * @throws {Problem} `operator_credentials_invalid`, `rate_limited`
   */
  stepUp(session: LiveOperatorSession, code: string, client: ClientInfo): Promise<LiveOperatorSession> {
    const { id, name } = session.operator;
    return this.attempt(session, client, (succeeded) =>
      this.secondFactor.confirmed({ id }, code, 'totp', async (manager) => {
        await succeeded(manager);
        await this.events.write(manager, { kind: 'operator_step_up', actor: actorOf(name), client });
        return this.sessions.stepUp(manager, session);
      }),
    );
  }

  /**
   * Replaces the password, and ends all other sessions of the operator.
   * @throws {Problem} `operator_credentials_invalid`, `rate_limited`
   */
  changePassword(
    session: LiveOperatorSession,
    { password, newPassword, code }: PasswordChange,
    client: ClientInfo,
  ): Promise<LiveOperatorSession> {
    const { id, name } = session.operator;
    return this.attempt(session, client, async (succeeded) => {
      const { operator, isRight } = await this.passwords.check({ id }, password);
      const passwordHash = await this.passwords.hash(newPassword);
      const known = operator && isRight ? operator : undefined;
      return this.secondFactor.confirmed(known, code, 'totp', async (manager) => {
        await succeeded(manager);
        await manager.update(Operator, { id }, { passwordHash });
        await this.sessions.endAll(manager, id, session.id);
        await this.events.write(manager, { kind: 'operator_password_changed', actor: actorOf(name), client });
        return session;
      });
    });
  }

  /** @param work resolves with undefined if the password or the code is wrong */
  private async attempt<T>(
    { operator: { id, name } }: LiveOperatorSession,
    client: ClientInfo,
    work: (succeeded: (manager: EntityManager) => Promise<void>) => Promise<T | undefined>,
  ): Promise<T> {
    const subjects = [{ kind: 'operator', value: id }] as const;
    await this.attempts.begin(subjects);
    const done = await work((manager) => this.attempts.succeeded(manager, subjects));
    if (done !== undefined) return done;
    this.events.record({ kind: 'operator_step_up_refused', actor: actorOf(name), client });
    throw new Problem('operator_credentials_invalid');
  }
}

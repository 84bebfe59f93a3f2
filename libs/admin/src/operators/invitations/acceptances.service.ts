import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { databaseNow, insertRow, newId, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { PasswordsService } from '../credentials/passwords.service.js';
import { SecondFactorService } from '../credentials/second-factor.service.js';
import { actorOf } from '../operator-name.js';
import {
  type OpenedOperatorSession,
  OperatorSessionsService,
} from '../sessions/operator-sessions.service.js';
import { Operator } from '../tables/operator.entity.js';
import { InvitationsService, type OpenInvitation } from './invitations.service.js';

/** What a person chooses for an invitation. */
export interface Acceptance {
  readonly token: string;
  readonly password: string;
  /** Of TOTP, by the secret of the invitation. */
  readonly code: string;
}

/** Turns invitations into operators. */
@Injectable()
export class AcceptancesService {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly passwords: PasswordsService,
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: OperatorSessionsService,
    private readonly events: AuthEventsService,
  ) {}

  /**
   * Creates the operator, or gives new credentials to one that was reset, and signs in.
   * @throws {Problem} `invitation_invalid`; `operator_credentials_invalid` if the code is wrong: the invitation stays
   */
  async accept({ token, password, code }: Acceptance, client: ClientInfo): Promise<OpenedOperatorSession> {
    const invitation = await this.invitations.open(token);
    // A hash is expensive: not for a holder of the link without the code.
    if (!this.secondFactor.columns(newId(), invitation.enrolment, code))
      throw new Problem('operator_credentials_invalid');
    const passwordHash = await this.passwords.hash(password);
    return this.invitations.accepted(invitation, async (manager) => {
      const operator = await this.store(manager, invitation, passwordHash, code);
      const actor = actorOf(operator.name);
      await this.events.write(manager, { kind: 'operator_created', actor, client, detail: operator.role });
      return this.sessions.open(manager, operator);
    });
  }

  private async store(
    manager: EntityManager,
    { name, role, enrolment }: OpenInvitation,
    passwordHash: string,
    code: string,
  ): Promise<Operator> {
    const known = await manager.findOne(Operator, { where: { name }, ...rowLock(manager) });
    // Only a reset takes credentials away.
    if (known && known.passwordHash !== null) throw new Problem('invitation_invalid');
    const id = known?.id ?? newId();
    const columns = this.secondFactor.columns(id, enrolment, code);
    if (!columns) throw new Problem('operator_credentials_invalid');
    const credentials = { passwordHash, ...columns };
    if (known) await manager.update(Operator, { id }, credentials);
    else {
      const createdAt = () => databaseNow(manager);
      await insertRow(manager, Operator, { id, name, role, ...credentials, createdAt });
    }
    await this.secondFactor.replaceRecoveryCodes(manager, id, enrolment);
    return manager.findOneByOrFail(Operator, { id });
  }
}

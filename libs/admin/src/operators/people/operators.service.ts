import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Not, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { Database, lockRows, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { type InvitationLink, InvitationsService } from '../invitations/invitations.service.js';
import { OperatorSessionsService } from '../sessions/operator-sessions.service.js';
import { OperatorInvitation } from '../tables/operator-invitation.entity.js';
import { OperatorRecoveryCode } from '../tables/operator-recovery-code.entity.js';
import { Operator } from '../tables/operator.entity.js';

/** Names an operator. */
export type OperatorKey = { readonly id: string } | { readonly name: string };

/** Lists, invites, resets and removes operators. Each change is an audit event. */
@Injectable()
export class OperatorsService {
  constructor(
    @InjectRepository(Operator) private readonly operators: Repository<Operator>,
    private readonly database: Database,
    private readonly invitations: InvitationsService,
    private readonly sessions: OperatorSessionsService,
    private readonly events: AuthEventsService,
  ) {}

  /** Returns all operators, the oldest first. */
  list(): Promise<Operator[]> {
    return this.operators.find({ order: { id: 'ASC' } });
  }

  /** Returns whether there is an operator. */
  exist(): Promise<boolean> {
    return this.operators.exists();
  }

  /**
   * Invites a person. An earlier invitation of the name becomes invalid.
   * @param actor the operator who does it, as in the other changes; none on the command line
   * @throws {Problem} `operator_name_taken`
   */
  invite({ name, role }: Pick<Operator, 'name' | 'role'>, actor?: string): Promise<InvitationLink> {
    return this.database.write(async (manager) => {
      if (await manager.existsBy(Operator, { name })) throw new Problem('operator_name_taken');
      await this.events.write(manager, { kind: 'operator_invited', actor, detail: `${name} (${role})` });
      return this.invitations.create(manager, { name, role });
    });
  }

  /**
   * Takes password, TOTP, recovery codes and sessions from an operator, who gets new ones by the returned invitation.
   * @throws {Problem} `operator_not_found`
   */
  reset(key: OperatorKey, actor?: string): Promise<InvitationLink> {
    return this.database.write(async (manager) => {
      const operator = await locked(manager, key);
      await this.endAccess(manager, operator);
      await manager.update(Operator, { id: operator.id }, { passwordHash: null });
      await this.events.write(manager, { kind: 'operator_reset', actor, detail: operator.name });
      return this.invitations.create(manager, operator);
    });
  }

  /**
   * Removes an operator: the next request with the cookie is refused on every instance.
   * @throws {Problem} `operator_not_found`, `last_owner`
   */
  remove(key: OperatorKey, actor?: string): Promise<void> {
    return this.database.write(async (manager) => {
      // Two owners who remove each other at the same time would leave none.
      await lockRows(manager, Operator, { role: 'owner' });
      const operator = await locked(manager, key);
      // An owner who was reset may never come back.
      const others = { role: 'owner' as const, id: Not(operator.id), passwordHash: Not(IsNull()) };
      if (operator.role === 'owner' && !(await manager.existsBy(Operator, others)))
        throw new Problem('last_owner');
      await this.endAccess(manager, operator);
      await manager.delete(OperatorInvitation, { name: operator.name });
      await manager.delete(Operator, { id: operator.id });
      await this.events.write(manager, { kind: 'operator_removed', actor, detail: operator.name });
    });
  }

  private async endAccess(manager: EntityManager, { id }: Operator): Promise<void> {
    await this.sessions.endAll(manager, id);
    await manager.delete(OperatorRecoveryCode, { operatorId: id });
  }
}

async function locked(manager: EntityManager, key: OperatorKey): Promise<Operator> {
  const operator = await manager.findOne(Operator, { where: key, ...rowLock(manager) });
  if (!operator) throw new Problem('operator_not_found');
  return operator;
}

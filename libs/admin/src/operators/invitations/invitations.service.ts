import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, LessThan, MoreThan, type Repository } from 'typeorm';
import { AuthEventsService } from '@app/audit';
import { type SealedColumn, SealerService } from '@app/crypto';
import { Database, insertRow, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { type Enrolment, newEnrolment } from '../credentials/enrolment.js';
import { hashOf, newSecretToken } from '../credentials/secret-token.js';
import { OPERATOR_NAME } from '../operator-name.js';
import type { Operator } from '../tables/operator.entity.js';
import { OperatorInvitation } from '../tables/operator-invitation.entity.js';

const VALID_MS = 30 * 60_000;

/** The token of an invitation link, which is not stored and works once. */
export interface InvitationLink {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** An invitation that is neither accepted nor expired. */
export interface OpenInvitation extends Pick<Operator, 'name' | 'role'> {
  readonly id: string;
  readonly enrolment: Enrolment;
}

/** What may be seen of an invitation that is neither accepted nor expired. Times are epoch milliseconds. */
export type PendingInvitation = Pick<OperatorInvitation, 'name' | 'role' | 'expiresAt'>;

/** Creates, lists, opens and removes invitations. */
@Injectable()
export class InvitationsService {
  constructor(
    @InjectRepository(OperatorInvitation) private readonly invitations: Repository<OperatorInvitation>,
    private readonly sealer: SealerService,
    private readonly database: Database,
    private readonly events: AuthEventsService,
  ) {}

  /** Creates an invitation in a write. An earlier one of the same name becomes invalid. */
  async create(
    manager: EntityManager,
    { name, role }: Pick<Operator, 'name' | 'role'>,
  ): Promise<InvitationLink> {
    const token = newSecretToken();
    const id = hashOf(token);
    const expiresAt = this.database.clock.now() + VALID_MS;
    const enrolment = this.sealer.seal(JSON.stringify(newEnrolment()), enrolmentColumn(id));
    await manager.delete(OperatorInvitation, { name });
    await insertRow(manager, OperatorInvitation, { id, name, role, enrolment, expiresAt });
    return { token, expiresAt };
  }

  /** Returns the invitations that can be accepted, the next to expire first. */
  pending(): Promise<PendingInvitation[]> {
    return this.invitations.find({
      select: { name: true, role: true, expiresAt: true },
      where: { expiresAt: MoreThan(this.database.clock.now()) },
      order: { expiresAt: 'ASC', name: 'ASC' },
    });
  }

  /**
   * Withdraws an invitation: its link becomes invalid.
   * @param actor the operator who does it; none on the command line
   * @throws {Problem} `invitation_invalid` if none of this name is pending
   */
  async withdraw(name: string, actor?: string): Promise<void> {
    if (!OPERATOR_NAME.test(name)) throw new Problem('invitation_invalid');
    await this.database.write(async (manager) => {
      const expiresAt = MoreThan(this.database.clock.now());
      const { affected } = await manager.delete(OperatorInvitation, { name, expiresAt });
      if (affected !== 1) throw new Problem('invitation_invalid');
      await this.events.write(manager, { kind: 'operator_invitation_withdrawn', actor, detail: name });
    });
  }

  /**
   * Returns the invitation of a token: the same until it is accepted.
   * @throws {Problem} `invitation_invalid` if it is unknown, expired, accepted, withdrawn or replaced
   */
  async open(token: string): Promise<OpenInvitation> {
    const expiresAt = MoreThan(this.database.clock.now());
    const row = await this.invitations.findOneBy({ id: hashOf(token), expiresAt });
    if (!row) throw new Problem('invitation_invalid');
    const { id, name, role } = row;
    const enrolment = JSON.parse(this.sealer.unseal(row.enrolment, enrolmentColumn(id))) as Enrolment;
    return { id, name, role, enrolment };
  }

  /**
   * Runs work in the write that removes an invitation, so that it runs once.
   * @throws {Problem} `invitation_invalid` if another request was faster
   */
  accepted<T>({ id }: OpenInvitation, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.write(async (manager) => {
      const { affected } = await manager.delete(OperatorInvitation, { id });
      if (affected !== 1) throw new Problem('invitation_invalid');
      return work(manager);
    });
  }

  /** Seals again what a fallback of `SECRET_KEY` sealed. @returns the number of invitations */
  reseal(): Promise<number> {
    return this.database.write(async (manager) => {
      const all = await manager.find(OperatorInvitation, rowLock(manager));
      const stale = all.filter(({ enrolment }) => !this.sealer.isCurrent(enrolment));
      for (const { id, enrolment } of stale) {
        const resealed = this.sealer.reseal(enrolment, enrolmentColumn(id));
        await manager.update(OperatorInvitation, { id }, { enrolment: resealed });
      }
      return stale.length;
    });
  }

  /** Removes, in a write, the invitations that have expired. */
  async removeExpired(manager: EntityManager): Promise<void> {
    await manager.delete(OperatorInvitation, { expiresAt: LessThan(this.database.clock.now()) });
  }
}

const enrolmentColumn = (id: string): SealedColumn => ({
  table: 'operator_invitations',
  column: 'enrolment',
  primaryKey: id,
});

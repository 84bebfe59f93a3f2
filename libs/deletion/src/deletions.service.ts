import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SessionsService } from '@app/auth';
import { Config } from '@app/config';
import { Database, rowLock } from '@app/database';
import type { CommitEffects } from '@app/personal-data';
import { Problem } from '@app/problem';
import { type DeletionBy, disabledSince, User } from '@app/users';
import { type DeletionRequest, DeletionRecordsService } from './deletion-records.service.js';

const DAY_MS = 86_400_000;

/** Begins and cancels the deletion of users. {@link ErasuresService} erases them after the cooling-off. */
@Injectable()
export class DeletionsService {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly sessions: SessionsService,
    private readonly records: DeletionRecordsService,
  ) {}

  /**
   * Marks a user as leaving and ends all sessions. The user can log in again, which cancels nothing unless WeChat requested the
   * deletion.
   * @param manager of a {@link Database.write} without a lock key
   * @returns when the user is erased, epoch milliseconds
   * @throws {Problem} `deletion_pending`, `user_disabled`, `deletion_ledger_unavailable`; `token_revoked` for a user who does
   * not exist or was merged. Nothing must be committed then
   */
  async request(manager: EntityManager, request: DeletionRequest, effects: CommitEffects): Promise<number> {
    const { userId, by } = request;
    const user = await lockedUser(manager, userId);
    if (disabledSince(user, this.database.clock.now()) !== null) throw new Problem('user_disabled');
    if (user.deletesAt !== null) throw new Problem('deletion_pending');
    const deletesAt = this.database.clock.now() + this.config.ACCOUNT_DELETION_COOLING_OFF_DAYS * DAY_MS;
    await this.restore(manager, userId, deletesAt, by, effects);
    await this.records.requested(manager, request, deletesAt, effects);
    return deletesAt;
  }

  /**
   * Marks a user as leaving at a known time, without event and entry in the ledger.
   * @param manager of a {@link Database.write} without a lock key that has locked the row of the user
   */
  async restore(
    manager: EntityManager,
    userId: string,
    deletesAt: number,
    by: DeletionBy,
    effects: CommitEffects,
  ): Promise<void> {
    await manager.update(User, { id: userId }, { deletesAt, deletionBy: by });
    const ended = await this.sessions.endAll(manager, [userId], 'account_deletion');
    effects.afterCommit(() => {
      this.sessions.announceEnded(ended);
    });
  }

  /**
   * Cancels the deletion of a user.
   * @param manager of a {@link Database.write} without a lock key
   * @throws {Problem} `deletion_not_requested`, `deletion_ledger_unavailable`; `token_revoked` as {@link request}
   */
  async cancel(manager: EntityManager, request: DeletionRequest): Promise<void> {
    const { userId } = request;
    const user = await lockedUser(manager, userId);
    if (user.deletesAt === null) throw new Problem('deletion_not_requested');
    await manager.update(User, { id: userId }, { deletesAt: null, deletionBy: null });
    await this.records.cancelled(manager, request);
  }

  /**
   * Cancels a deletion that WeChat requested, if it is still pending.
   * @throws {Problem} as {@link cancel}
   */
  cancelAtLogin(request: Omit<DeletionRequest, 'by'>): Promise<void> {
    return this.database.write(async (manager) => {
      const { deletionBy } = await lockedUser(manager, request.userId);
      if (deletionBy === 'weixin') await this.cancel(manager, { ...request, by: 'weixin' });
    });
  }
}

async function lockedUser(manager: EntityManager, id: string): Promise<User> {
  const user = await manager.findOne(User, { where: { id }, ...rowLock(manager) });
  if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
  return user;
}

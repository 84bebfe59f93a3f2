import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { eraseEvents, firstEventIdOf } from '@app/audit';
import { Database, databaseNow, forUpdate, rowLock } from '@app/database';
import { type CommitEffects, PersonalDataService, writeWithEffects } from '@app/personal-data';
import { DeletedUser, disabledSinceSql, lockPerson, User } from '@app/users';
import { DeletionRecordsService } from './deletion-records.service.js';

/** Longer than another instance needs to write what it had in memory: audit events, requests in flight. */
const SWEEP_AFTER_MS = 60_000;
/** Users of one sweep. */
const SWEPT_AT_ONCE = 20;
/** Rows of the audit log in one write: queued writes wait a few milliseconds. */
const EVENTS_AT_ONCE = 2000;

/**
 * Erases users through the registry of personal data, one user in each transaction. A killed process has erased all of a user
 * or nothing. Instances wait for each other at the row of the user, so one of them works at a time.
 */
@Injectable()
export class ErasuresService {
  private readonly logger = new Logger(ErasuresService.name);
  /** Whether no erased row is left in the files of the database. Another process may have been killed before its purge. */
  private isPurged = false;

  constructor(
    private readonly database: Database,
    private readonly personalData: PersonalDataService,
    private readonly records: DeletionRecordsService,
  ) {}

  /**
   * Erases the user whose cooling-off ended first. A disabled user stays: otherwise the person could come back as a new user.
   * @returns whether there was one
   */
  eraseDue(): Promise<boolean> {
    return this.run(async (manager, effects) => {
      const query = manager
        .createQueryBuilder(User, 'user')
        .where(`user.deletesAt <= ${databaseNow(manager)} AND ${disabledSinceSql(manager)} IS NULL`)
        .orderBy('user.deletesAt')
        .limit(1);
      const user = await forUpdate(query).getOne();
      return user ? this.eraseLocked(manager, user.id, effects) : [];
    });
  }

  /**
   * Erases a user now, a disabled one too.
   * @param actor the service account that does it, if it is one
   * @returns false if no user has the id
   */
  async erase(userId: string, actor?: string): Promise<boolean> {
    const isErased = await this.run(async (manager, effects) => {
      const user = await manager.findOne(User, { where: { id: userId }, ...rowLock(manager) });
      return user ? this.eraseLocked(manager, userId, effects, actor) : [];
    });
    await this.purge();
    return isErased;
  }

  /**
   * Erases again what other instances have written of users after their erasure, for the users erased over a minute ago. Then
   * erases their audit events, some rows in each call. A killed process goes on where the last call ended.
   * @returns whether there is more to do
   */
  sweep(): Promise<boolean> {
    return this.run(async (manager, effects) => {
      const query = manager
        .createQueryBuilder(DeletedUser, 'deleted')
        .where(`deleted.sweptAt IS NULL AND deleted.deletedAt <= ${databaseNow(manager)} - :after`, {
          after: SWEEP_AFTER_MS,
        })
        .orderBy('deleted.deletedAt')
        .limit(SWEPT_AT_ONCE);
      const users = await forUpdate(query).getMany();
      if (users.length === 0) return [];
      const idsOf = (some: readonly DeletedUser[]) => some.map(({ userId }) => userId);
      const untouched = idsOf(users.filter(({ sweptTo }) => sweptTo === null));
      if (untouched.length > 0) await this.personalData.erase(manager, untouched, effects);
      const [from = ''] = users.map(({ userId, sweptTo }) => sweptTo ?? firstEventIdOf(userId)).sort();
      const to = await eraseEvents(manager, idsOf(users), from, EVENTS_AT_ONCE);
      const reached = users.filter(({ sweptTo }) => to === undefined || sweptTo === null || sweptTo < to);
      await manager.update(
        DeletedUser,
        { userId: In(idsOf(reached)) },
        to === undefined ? { sweptAt: () => databaseNow(manager) } : { sweptTo: to },
      );
      return idsOf(users);
    });
  }

  /** Removes what was erased from the files of SQLite, if that is left to do. */
  async purge(): Promise<void> {
    if (this.isPurged) return;
    // Set before, because an erasure may reset it meanwhile.
    this.isPurged = true;
    let done = false;
    try {
      done = await this.database.purge();
    } finally {
      if (!done) this.isPurged = false;
    }
  }

  private async eraseLocked(
    manager: EntityManager,
    userId: string,
    effects: CommitEffects,
    actor?: string,
  ): Promise<string[]> {
    const ids = await lockPerson(manager, userId);
    await this.personalData.erase(manager, ids, effects);
    await manager
      .createQueryBuilder()
      .insert()
      .into(DeletedUser)
      .values(
        ids.map((id) => ({
          userId: id,
          deletedAt: () => databaseNow(manager),
          sweptTo: null,
          sweptAt: null,
        })),
      )
      .orIgnore()
      .updateEntity(false)
      .execute();
    await this.records.erased(manager, { userId, actor }, ids.slice(1));
    effects.afterCommit(() => {
      this.logger.log(`erased the user ${userId} and ${ids.length - 1} users merged into it`);
    });
    return ids;
  }

  private async run(
    work: (manager: EntityManager, effects: CommitEffects) => Promise<string[]>,
  ): Promise<boolean> {
    const ids = await writeWithEffects(this.database, work);
    this.isPurged &&= ids.length === 0;
    return ids.length > 0;
  }
}

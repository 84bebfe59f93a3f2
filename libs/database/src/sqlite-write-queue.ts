import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Problem } from '@app/problem';
import { sideBySide } from './side-by-side.js';
import { BUSY_TIMEOUT_MS } from './sqlite.js';

/** As long as the first in line waits for another process's lock; nobody behind it waits longer than it does. */
const MAX_WAIT_MS = BUSY_TIMEOUT_MS - 100;
/** Writes that share a transaction: it takes about 10 ms, and readers of other processes see all of it or nothing. */
const MAX_GROUP = 32;

/** What to run inside a transaction. */
type Work<T = unknown> = (manager: EntityManager) => Promise<T>;

interface Waiting {
  readonly work: Work;
  readonly lane: string | undefined;
  readonly giveUpAt: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * TypeORM has one SQLite connection for the whole process: two transactions at once fail, and an insert beside a
 * transaction is lost when that one rolls back. So writes stand in line here.
 *
 * Those that wait together and name a lane share a transaction: lanes run side by side, the writes of one lane one after
 * the other. That saves each its own BEGIN and COMMIT and keeps SQLite's thread awake, which is most of what a small write
 * costs. When one of them fails, all are undone and each runs again in a transaction of its own. Nobody hears of a result
 * before it is committed.
 */
export class SqliteWriteQueue {
  private readonly logger = new Logger(SqliteWriteQueue.name);
  private readonly runner: QueryRunner;
  private readonly manager: EntityManager;
  private readonly line: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(writer: DataSource) {
    this.runner = writer.createQueryRunner();
    this.manager = writer.createEntityManager(this.runner);
  }

  /**
   * Runs `work` after all earlier writes, inside a transaction.
   * @param work may run twice: the first time is undone then
   * @param lane names the rows it reads and writes; without one it has a transaction to itself
   * @throws {Problem} `database_unavailable` when its turn has not come in time; it is not run later either
   */
  write<T>(work: Work<T>, lane?: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUpAt = performance.now() + MAX_WAIT_MS;
      this.line.push({ work, lane, giveUpAt, resolve: resolve as Waiting['resolve'], reject });
      this.running ??= this.run();
    });
  }

  /** Settles when every write so far has ended. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    // Those who come in the same moment belong to the first group already.
    await Promise.resolve();
    while (this.line.length > 0) {
      const now = performance.now();
      const group = this.line.splice(0, this.groupSize());
      for (const { reject } of group.filter(({ giveUpAt }) => now > giveUpAt)) reject(tooLate());
      await this.serve(group.filter(({ giveUpAt }) => now <= giveUpAt));
    }
    this.running = undefined;
  }

  private groupSize(): number {
    const end = this.line.slice(0, MAX_GROUP).findIndex(({ lane }) => lane === undefined);
    return end === -1 ? MAX_GROUP : Math.max(end, 1);
  }

  private async serve(group: readonly Waiting[]): Promise<void> {
    const [alone, ...others] = group;
    if (alone && others.length === 0) await this.serveAlone(alone);
    else if (!(await this.serveTogether(group))) for (const waiting of group) await this.serveAlone(waiting);
  }

  /** @returns false when one failed, and nothing of any is done */
  private async serveTogether(group: readonly Waiting[]): Promise<boolean> {
    const results = new Map<Waiting, unknown>();
    const serveLane = async (manager: EntityManager, lane: string | undefined) => {
      for (const one of group.filter((waiting) => waiting.lane === lane))
        results.set(one, await one.work(manager));
    };
    try {
      const lanes = new Set(group.map(({ lane }) => lane));
      await this.transaction((manager) => sideBySide(Array.from(lanes, (lane) => serveLane(manager, lane))));
    } catch {
      return false;
    }
    for (const waiting of group) waiting.resolve(results.get(waiting));
    return true;
  }

  private async serveAlone({ work, giveUpAt, resolve, reject }: Waiting): Promise<void> {
    try {
      if (performance.now() > giveUpAt) throw tooLate();
      resolve(await this.transaction(work));
    } catch (error) {
      reject(error);
    }
  }

  private async transaction<T>(work: Work<T>): Promise<T> {
    // A deferred BEGIN that reads before it writes fails at once when another process holds the lock.
    await this.runner.query('BEGIN IMMEDIATE');
    this.tellTypeOrm(true);
    try {
      const result = await work(this.manager);
      await this.runner.query('COMMIT');
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    } finally {
      this.tellTypeOrm(false);
    }
  }

  /** So that `save()` and nested transactions use savepoints instead of a BEGIN of their own. */
  private tellTypeOrm(inTransaction: boolean): void {
    Object.assign(this.runner, {
      isTransactionActive: inTransaction,
      transactionDepth: inTransaction ? 1 : 0,
    });
  }

  private async rollback(): Promise<void> {
    try {
      await this.runner.query('ROLLBACK');
    } catch (error) {
      // SQLite itself rolls back on a full disk or an I/O error, and then there is nothing left to roll back.
      this.logger.warn(`ROLLBACK: ${(error as Error).message}`);
    }
  }
}

const tooLate = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });

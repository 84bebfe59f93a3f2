import { Logger } from '@nestjs/common';
import type { DataSourceOptions, EntityManager, QueryRunner } from 'typeorm';
import { awaitAll } from '../await-all.js';
import { assertMigrated } from '../missing-migrations.js';
import { setTransactionState } from '../transaction-state.js';
import { unavailable } from '../unavailable.js';
import { BUSY_TIMEOUT_MS, openSqlite } from './sqlite.js';
import type { SqliteDataSource } from './sqlite-data-source.js';

/** A little longer than the first write waits for another process's lock: past it, the disk or the machine hangs. */
const MAX_WAIT_MS = BUSY_TIMEOUT_MS + 500;
/** Writes that share a transaction: it takes about 10 ms, and readers of other processes see all of it or nothing. */
const MAX_BATCH = 32;

/** A deferred BEGIN that reads before it writes fails at once when another process holds the lock. */
const BEGIN = { sql: 'BEGIN IMMEDIATE', order: [] };
const COMMIT = { sql: 'COMMIT', order: [] };

/** What to run inside a transaction. */
type Work<T = unknown> = (manager: EntityManager) => Promise<T>;

/** A write in the queue. Only the first settlement counts. */
interface Waiting {
  readonly work: Work;
  readonly lockKey: string | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** No transaction can begin: another process holds the lock, or the database is gone. */
class CannotBegin extends Error {}

/**
 * TypeORM has one SQLite connection for the whole process: two transactions at once fail, and an insert beside a
 * transaction is lost when that one rolls back. So writes wait in this queue.
 *
 * Waiting writes that have a lock key form a batch, which is one transaction: different lock keys run concurrently, the
 * writes of one lock key one after the other. This saves a BEGIN and COMMIT per write and keeps SQLite's thread awake, which
 * is most of the cost of a small write. If one write fails, the batch rolls back and each write runs again in a transaction
 * of its own. No caller gets a result before it is committed.
 */
export class SqliteWriteQueue {
  private readonly logger = new Logger(SqliteWriteQueue.name);
  private readonly runner: QueryRunner;
  private readonly manager: EntityManager;
  private queue: Waiting[] = [];
  private readonly deadlines = new Map<Waiting, NodeJS.Timeout>();
  private running: Promise<void> | undefined;

  constructor(private readonly writer: SqliteDataSource) {
    this.runner = writer.createQueryRunner();
    this.manager = writer.createEntityManager(this.runner);
  }

  /**
   * Runs `work` after all earlier writes, inside a transaction.
   * @param work may run twice: the first time is undone then
   * @param lockKey names the rows it reads and writes; without one it has a transaction to itself
   * @throws {Problem} `database_unavailable` when the database is locked for longer than the busy timeout or does not
   * answer; what has not begun by then never does
   */
  write<T>(work: Work<T>, lockKey?: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { work, lockKey, resolve: resolve as Waiting['resolve'], reject };
      this.queue.push(waiting);
      const deadline = setTimeout(() => {
        this.queue = this.queue.filter((other) => other !== waiting);
        this.settle(waiting, () => {
          reject(unavailable());
        });
      }, MAX_WAIT_MS).unref();
      this.deadlines.set(waiting, deadline);
      this.running ??= this.run();
    });
  }

  /** Waits for every write so far to end, and closes the connection. */
  async close(): Promise<void> {
    await this.running;
    await this.writer.destroy();
  }

  private async run(): Promise<void> {
    // Those who come in the same moment belong to the first batch already.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.batchSize());
      try {
        await this.serve(batch);
      } catch (error) {
        // Only CannotBegin comes here. Who waits behind waits for the same lock, and has waited for it long enough.
        const stranded = [...batch, ...this.queue.splice(0)];
        for (const waiting of stranded)
          this.settle(waiting, () => {
            waiting.reject((error as Error).cause);
          });
      }
    }
    this.running = undefined;
  }

  private batchSize(): number {
    const end = this.queue.slice(0, MAX_BATCH).findIndex(({ lockKey }) => lockKey === undefined);
    return end === -1 ? MAX_BATCH : Math.max(end, 1);
  }

  private async serve(batch: readonly Waiting[]): Promise<void> {
    const [alone, ...others] = batch;
    if (alone && others.length === 0) await this.serveAlone(alone);
    else if (!(await this.serveTogether(batch))) for (const waiting of batch) await this.serveAlone(waiting);
  }

  /** @returns false when one failed, and nothing of any is done */
  private async serveTogether(batch: readonly Waiting[]): Promise<boolean> {
    const results = new Map<Waiting, unknown>();
    const serveLockKey = async (manager: EntityManager, lockKey: string | undefined) => {
      for (const one of batch.filter((waiting) => waiting.lockKey === lockKey))
        results.set(one, await one.work(manager));
    };
    try {
      const lockKeys = new Set(batch.map(({ lockKey }) => lockKey));
      await this.transaction(async (manager) => {
        await awaitAll(Array.from(lockKeys, (lockKey) => serveLockKey(manager, lockKey)));
        this.assertInTime(batch);
      });
    } catch (error) {
      if (error instanceof CannotBegin) throw error;
      return false;
    }
    for (const waiting of batch)
      this.settle(waiting, () => {
        waiting.resolve(results.get(waiting));
      });
    return true;
  }

  private async serveAlone(waiting: Waiting): Promise<void> {
    if (!this.deadlines.has(waiting)) return;
    try {
      const result = await this.transaction(async (manager) => {
        const result = await waiting.work(manager);
        this.assertInTime([waiting]);
        return result;
      });
      this.settle(waiting, () => {
        waiting.resolve(result);
      });
    } catch (error) {
      if (error instanceof CannotBegin) throw error;
      this.settle(waiting, () => {
        waiting.reject(error);
      });
    }
  }

  /** What its caller was told has failed, at its deadline, is not committed. */
  private assertInTime(batch: readonly Waiting[]): void {
    if (batch.some((waiting) => !this.deadlines.has(waiting))) throw unavailable();
  }

  private settle(waiting: Waiting, how: () => void): void {
    clearTimeout(this.deadlines.get(waiting));
    this.deadlines.delete(waiting);
    how();
  }

  /** Runs `work` immediately and without a deadline. Only for the start, while the queue is empty. */
  async transaction<T>(work: Work<T>): Promise<T> {
    await this.begin();
    setTransactionState(this.runner, true);
    try {
      const result = await work(this.manager);
      await this.writer.statements.call(COMMIT, {});
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    } finally {
      setTransactionState(this.runner, false);
    }
  }

  private async begin(): Promise<void> {
    try {
      await this.writer.statements.call(BEGIN, {});
    } catch (error) {
      throw new CannotBegin((error as Error).message, { cause: error });
    }
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

/** Opens the one connection that writes, and brings the tables up to date. */
export async function openSqliteWrites(options: DataSourceOptions): Promise<SqliteWriteQueue> {
  const writer = await openSqlite(options);
  const queue = new SqliteWriteQueue(writer);
  try {
    // Under the write lock, so of two processes that start at once one migrates and the other waits.
    await queue.transaction(() => writer.runMigrations({ transaction: 'none' }));
  } catch (error) {
    throw new Error(`The database of DATABASE_URL cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await assertMigrated(writer, writer.entityMetadatas);
  return queue;
}

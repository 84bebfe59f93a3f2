import { Logger } from '@nestjs/common';
import type { DataSourceOptions, EntityManager } from 'typeorm';
import { awaitAll } from '../await-all.js';
import { assertMigrated } from '../missing-migrations.js';
import { setTransactionState } from '../transaction-state.js';
import { unavailable } from '../unavailable.js';
import { BUSY_TIMEOUT_MS, SqliteDataSource } from './sqlite.js';

/** A little longer than a write waits for the lock of another process. After that time the disk or the machine hangs. */
const MAX_WAIT_MS = BUSY_TIMEOUT_MS + 500;
/** How long emptying the log waits for readers. Writes wait as long. */
const EMPTYING_MS = 100;
/** The maximum number of writes in one transaction, which takes about 10 ms and blocks writes of other processes. */
const MAX_GROUP = 32;

type Work<T = unknown> = (manager: EntityManager) => Promise<T>;

/** A write in the queue. Only the first call of `resolve` or `reject` has an effect. */
interface Write {
  readonly work: Work;
  readonly lockKey: string | undefined;
  /** Whether it runs between two transactions instead of in one. */
  readonly isBetween: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Whether its deadline has passed. The caller has got an error, so no COMMIT may begin. */
  isLate: boolean;
}

/** Runs the writes of this process, one transaction at a time. README.md documents the rules and the figures. */
export class SqliteWriteQueue {
  private readonly logger = new Logger(SqliteWriteQueue.name);
  private readonly runner;
  private readonly waiting: Write[] = [];
  private serving: Promise<void> | undefined;

  constructor(private readonly writer: SqliteDataSource) {
    this.runner = writer.createQueryRunner();
  }

  /** Opens the only connection for writes and runs the pending migrations. */
  static async open(options: DataSourceOptions): Promise<SqliteWriteQueue> {
    const writer = await SqliteDataSource.openWriter(options);
    const queue = new SqliteWriteQueue(writer);
    // If two processes start together, one migrates and the other waits for the lock.
    await queue.begin();
    await queue.commit(() => writer.runMigrations({ transaction: 'none' }));
    await assertMigrated(writer, writer.entityMetadatas);
    return queue;
  }

  /**
   * Runs `work` after all earlier writes, inside a transaction.
   * @param work may run twice; then the first run is rolled back
   * @param lockKey names the rows that it reads and writes; without one it runs in its own transaction
   * @throws {Problem} `database_unavailable` if it is not committed in time; later it is committed only if its
   * COMMIT had begun
   */
  write<T>(work: Work<T>, lockKey?: string): Promise<T> {
    return this.enqueue(work, lockKey, false);
  }

  /**
   * Moves the write-ahead log into the file and empties it: the log still has the rows that were deleted.
   * @returns false if another process reads, so that the log stays
   * @throws {Problem} `database_unavailable` as {@link write}
   */
  emptyLog(): Promise<boolean> {
    const checkpoint = async ({ connection }: EntityManager) => {
      await connection.query(`PRAGMA busy_timeout = ${EMPTYING_MS}`);
      try {
        const [result] = await connection.query<{ busy: number }[]>('PRAGMA wal_checkpoint(TRUNCATE)');
        return result?.busy === 0;
      } finally {
        await connection.query(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      }
    };
    return this.enqueue(checkpoint, undefined, true);
  }

  private enqueue<T>(work: Work<T>, lockKey: string | undefined, isBetween: boolean): Promise<T> {
    let deadline: NodeJS.Timeout | undefined;
    const result = new Promise<unknown>((resolve, reject) => {
      const write = { work, lockKey, isBetween, resolve, reject, isLate: false };
      deadline = setTimeout(() => {
        write.isLate = true;
        // While the database hangs, no group would take it out.
        const index = this.waiting.indexOf(write);
        if (index !== -1) this.waiting.splice(index, 1);
        reject(unavailable());
      }, MAX_WAIT_MS).unref();
      this.waiting.push(write);
      this.serving ??= this.serveAll();
    });
    return (result as Promise<T>).finally(() => {
      clearTimeout(deadline);
    });
  }

  /** Waits for all queued writes and closes the connection. */
  async close(): Promise<void> {
    await this.serving;
    await this.writer.destroy();
  }

  private async serveAll(): Promise<void> {
    // Writes of the same turn of the event loop join the first group.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.serve(this.waiting.splice(0, this.groupSize()));
    this.serving = undefined;
  }

  private groupSize(): number {
    const end = this.waiting.slice(0, MAX_GROUP).findIndex(({ lockKey }) => lockKey === undefined);
    return end === -1 ? MAX_GROUP : Math.max(end, 1);
  }

  private async serve(group: readonly Write[]): Promise<void> {
    const writes = group.filter(({ isLate }) => !isLate);
    const [first] = writes;
    if (!first) return;
    if (first.isBetween) {
      await first.work(this.runner.manager).then(first.resolve, first.reject);
      return;
    }
    try {
      await this.begin();
    } catch (error) {
      // Another process holds the lock, or the database is gone. The queued writes waited for the same lock.
      for (const { reject } of [...writes, ...this.waiting.splice(0)]) reject(error);
      return;
    }
    try {
      const results = await this.commit(async (manager) => {
        const results = await runByLockKey(writes, manager);
        if (writes.some(({ isLate }) => isLate)) throw unavailable();
        return results;
      });
      writes.forEach(({ resolve }, index) => {
        resolve(results[index]);
      });
    } catch (error) {
      if (writes.length === 1) first.reject(error);
      else for (const write of writes) await this.serve([write]);
    }
  }

  /**
   * Begins a transaction with the write lock. A deferred transaction that reads before it writes would fail immediately if
   * another process holds the lock.
   */
  private async begin(): Promise<void> {
    await this.runner.query('BEGIN IMMEDIATE');
    setTransactionState(this.runner, true);
  }

  /** Runs `work` in the transaction, and commits it or rolls it back. */
  private async commit<T>(work: Work<T>): Promise<T> {
    try {
      const result = await work(this.runner.manager);
      await this.runner.query('COMMIT');
      return result;
    } catch (error) {
      // On a full disk or an I/O error, SQLite has rolled back by itself.
      await this.runner.query('ROLLBACK').catch((failure: unknown) => {
        this.logger.warn(`ROLLBACK: ${(failure as Error).message}`);
      });
      throw error;
    } finally {
      setTransactionState(this.runner, false);
    }
  }
}

/** Runs writes of the same lock key one after the other, and writes of different lock keys concurrently. */
function runByLockKey(writes: readonly Write[], manager: EntityManager): Promise<unknown[]> {
  const last = new Map<string | undefined, Promise<unknown>>();
  const results = writes.map(async ({ work, lockKey }) => {
    const before = last.get(lockKey);
    const result = before ? before.then(() => work(manager)) : work(manager);
    last.set(lockKey, result);
    return result;
  });
  return awaitAll(results);
}

import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { Problem } from '@app/problem';
import { sideBySide } from '../side-by-side.js';
import { BUSY_TIMEOUT_MS } from './sqlite.js';

/** A little longer than the first in line waits for another process's lock: then the disk or the machine hangs. */
const MAX_WAIT_MS = BUSY_TIMEOUT_MS + 500;
/** Writes that share a transaction: it takes about 10 ms, and readers of other processes see all of it or nothing. */
const MAX_GROUP = 32;

/** What to run inside a transaction. */
type Work<T = unknown> = (manager: EntityManager) => Promise<T>;

/** A write in the line. Settling it twice does no harm: the first time counts. */
interface Waiting {
  readonly work: Work;
  readonly lane: string | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** No transaction can begin: another process holds the lock, or the database is gone. */
class CannotBegin extends Error {}

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
  private line: Waiting[] = [];
  private readonly deadlines = new Map<Waiting, NodeJS.Timeout>();
  private running: Promise<void> | undefined;

  constructor(writer: DataSource) {
    this.runner = writer.createQueryRunner();
    this.manager = writer.createEntityManager(this.runner);
  }

  /**
   * Runs `work` after all earlier writes, inside a transaction.
   * @param work may run twice: the first time is undone then
   * @param lane names the rows it reads and writes; without one it has a transaction to itself
   * @throws {Problem} `database_unavailable` when the database is locked for longer than the busy timeout or does not
   * answer; what has not begun by then never does
   */
  write<T>(work: Work<T>, lane?: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { work, lane, resolve: resolve as Waiting['resolve'], reject };
      this.line.push(waiting);
      const deadline = setTimeout(() => {
        this.line = this.line.filter((other) => other !== waiting);
        this.settle(waiting, () => {
          reject(unavailable());
        });
      }, MAX_WAIT_MS).unref();
      this.deadlines.set(waiting, deadline);
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
      const group = this.line.splice(0, this.groupSize());
      try {
        await this.serve(group);
      } catch (error) {
        // Only CannotBegin comes here. Who waits behind waits for the same lock, and has waited for it long enough.
        const stranded = [...group, ...this.line.splice(0)];
        for (const waiting of stranded)
          this.settle(waiting, () => {
            waiting.reject((error as Error).cause);
          });
      }
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
    } catch (error) {
      if (error instanceof CannotBegin) throw error;
      return false;
    }
    for (const waiting of group)
      this.settle(waiting, () => {
        waiting.resolve(results.get(waiting));
      });
    return true;
  }

  private async serveAlone(waiting: Waiting): Promise<void> {
    // Its deadline has passed and the caller was told so.
    if (!this.deadlines.has(waiting)) return;
    try {
      const result = await this.transaction(waiting.work);
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

  private settle(waiting: Waiting, how: () => void): void {
    clearTimeout(this.deadlines.get(waiting));
    this.deadlines.delete(waiting);
    how();
  }

  /** Runs `work` at once and without a deadline: for the start, before anybody stands in line. */
  async transaction<T>(work: Work<T>): Promise<T> {
    await this.begin();
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

  private async begin(): Promise<void> {
    try {
      // A deferred BEGIN that reads before it writes fails at once when another process holds the lock.
      await this.runner.query('BEGIN IMMEDIATE');
    } catch (error) {
      throw new CannotBegin((error as Error).message, { cause: error });
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

const unavailable = () => new Problem('database_unavailable', { retryAfterSeconds: 5 });

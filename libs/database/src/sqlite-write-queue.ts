import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/**
 * TypeORM has one SQLite connection for the whole process: two transactions at once fail, and an insert beside a
 * transaction is lost when that one rolls back. So writes stand in line here, one transaction at a time.
 */
export class SqliteWriteQueue {
  private readonly logger = new Logger(SqliteWriteQueue.name);
  private readonly runner: QueryRunner;
  private readonly manager: EntityManager;
  private last: Promise<unknown> = Promise.resolve();

  constructor(writer: DataSource) {
    this.runner = writer.createQueryRunner();
    this.manager = writer.createEntityManager(this.runner);
  }

  /** Runs `work` after all earlier writes, inside a transaction. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = this.last.then(() => this.transaction(work));
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Settles when every write so far has ended. */
  async idle(): Promise<void> {
    await this.last;
  }

  private async transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
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

import { setTimeout as sleep } from 'node:timers/promises';
import { type EntityManager, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { setTransactionState } from '../transaction-state.js';
import { unavailable } from '../unavailable.js';
import { ANSWER_WITHIN_MS } from './server.js';
import type { ServerDataSource } from './server-data-source.js';
import { isLostRace } from './server-errors.js';

/** The second run sees the changes of the other transaction. MySQL may report several deadlocks if many writes use one key. */
const MAX_RUNS = 5;
const RETRY_PAUSE_MS = 10;

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * Runs writes on PostgreSQL and MySQL: each in its own transaction on a connection of the pool. Any number run concurrently,
 * in all instances. The database isolates them by unique keys, conditions of an UPDATE and row locks.
 */
export class ServerWrites {
  constructor(private readonly dataSource: ServerDataSource) {}

  /**
   * Runs `work` in a transaction. After a conflict with another transaction, runs it again in a new one.
   * @throws {Problem} `database_unavailable` if it is not committed within {@link ANSWER_WITHIN_MS}
   */
  async write<T>(work: Work<T>): Promise<T> {
    const deadline = performance.now() + ANSWER_WITHIN_MS;
    for (let run = 1; ; run += 1) {
      try {
        return await this.transaction(work, deadline - performance.now());
      } catch (error) {
        if (run === MAX_RUNS || !isLostRace(error)) throw error;
      }
      await sleep(Math.random() * RETRY_PAUSE_MS * run);
      if (performance.now() > deadline) throw unavailable();
    }
  }

  /**
   * Runs one statement, which is a transaction of its own.
   * @returns undefined after a conflict with another transaction: nothing was changed
   * @throws {Problem} `database_unavailable` if there is no answer within {@link ANSWER_WITHIN_MS}; it may have been committed
   */
  async alone<T>(statement: Work<T>): Promise<T | undefined> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await statement(runner.manager);
    } catch (error) {
      if (isLostRace(error)) return undefined;
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async transaction<T>(work: Work<T>, ms: number): Promise<T> {
    const runner = this.dataSource.runnerFor(ms);
    try {
      await runner.query(this.dataSource.server.begin);
      setTransactionState(runner, true);
      const result = await work(runner.manager);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // If ROLLBACK fails, the connection is lost, and the server rolls the transaction back.
      await runner.query('ROLLBACK').catch(() => undefined);
      // The manager throws this error after the connection was lost. This method releases the runner only at its end.
      throw error instanceof QueryRunnerProviderAlreadyReleasedError ? unavailable() : error;
    } finally {
      setTransactionState(runner, false);
      await runner.release();
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type EntityManager, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { setTransactionState } from '../transaction-state.js';
import { unavailable } from '../unavailable.js';
import { inOrder } from './in-order.js';
import { ANSWER_WITHIN_MS } from './server.js';
import type { ServerDataSource } from './server-data-source.js';
import { isLostRace } from './server-errors.js';

/** The second run sees what the winner left; more are for MySQL, which may call a crowd at one key a deadlock twice. */
const MAX_RUNS = 5;
const REST_MS = 10;

type Work<T> = (manager: EntityManager) => Promise<T>;

/**
 * Writes on PostgreSQL and MySQL: each has a connection of the pool and a plain transaction, and any number run at once,
 * here and in other instances. What keeps them apart is the database: unique keys, conditions of an UPDATE, row locks.
 */
export class ServerWrites {
  constructor(private readonly dataSource: ServerDataSource) {}

  /**
   * Runs `work` inside a transaction, and again in a new one where another transaction got in the way.
   * @throws {Problem} `database_unavailable` when it is not committed within {@link ANSWER_WITHIN_MS}
   */
  async write<T>(work: Work<T>): Promise<T> {
    const deadline = performance.now() + ANSWER_WITHIN_MS;
    for (let run = 1; ; run += 1) {
      try {
        return await this.transaction(work, deadline - performance.now());
      } catch (error) {
        if (run === MAX_RUNS || !isLostRace(error)) throw error;
      }
      await sleep(Math.random() * REST_MS * run);
      if (performance.now() > deadline) throw unavailable();
    }
  }

  private async transaction<T>(work: Work<T>, ms: number): Promise<T> {
    const runner = this.dataSource.runnerFor(ms);
    const afterFailure = inOrder(runner);
    try {
      await runner.query(this.dataSource.server.begin);
      setTransactionState(runner, true);
      const result = await work(runner.manager);
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      // Where it fails, the connection is gone, and the transaction with it.
      await afterFailure('ROLLBACK').catch(() => undefined);
      // What the manager throws after the connection was lost; the runner is not released here before the end.
      throw error instanceof QueryRunnerProviderAlreadyReleasedError ? unavailable() : error;
    } finally {
      setTransactionState(runner, false);
      await runner.release();
    }
  }
}

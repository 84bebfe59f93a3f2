import type { QueryRunner } from 'typeorm';

type Query = (...call: unknown[]) => Promise<unknown>;

/**
 * Has a runner send the statements of a transaction one after the other, and none after one that failed. At a deadlock
 * MySQL ends the transaction, and the next statement would stand alone and stay.
 * @returns what waits for the statement under way and then sends one whatever has failed: a ROLLBACK
 */
export function inOrder(runner: QueryRunner): Query {
  const query = runner.query.bind(runner) as Query;
  let last: Promise<unknown> = Promise.resolve();
  Object.assign(runner, {
    query: (...call: unknown[]) => (last = last.then(() => query(...call))),
  });
  return (...call) =>
    last.then(
      () => query(...call),
      () => query(...call),
    );
}

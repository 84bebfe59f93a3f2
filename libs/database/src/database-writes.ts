import { tracingChannel } from 'node:diagnostics_channel';
import type { EntityManager } from 'typeorm';

/** One write, from the call to the commit. */
export interface ObservedWrite {
  /** When it was asked for, in milliseconds of `performance.now()`. */
  readonly askedAt: number;
  /** How long it waited in the queue, or for a connection, in milliseconds; undefined before its turn. */
  waitedMs?: number;
}

/** Tells of every {@link Database.write} those who subscribe: metrics and traces. Without them it costs nothing. */
export const DATABASE_WRITES = tracingChannel<unknown, ObservedWrite>('weapp-passport:database-write');

type Work<T> = (manager: EntityManager) => Promise<T>;

/** Runs a write and tells of it. */
export function observeWrite<T>(work: Work<T>, run: (work: Work<T>) => Promise<T>): Promise<T> {
  if (!DATABASE_WRITES.hasSubscribers) return run(work);
  const write: ObservedWrite = { askedAt: performance.now() };
  return DATABASE_WRITES.tracePromise(
    () =>
      run((manager) => {
        write.waitedMs ??= performance.now() - write.askedAt;
        return work(manager);
      }),
    write,
  );
}

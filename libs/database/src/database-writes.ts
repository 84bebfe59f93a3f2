import { tracingChannel } from 'node:diagnostics_channel';
import type { EntityManager } from 'typeorm';

/** One write, from the call to the commit. */
export interface DatabaseWriteEvent {
  /** When the caller requested it, in milliseconds of `performance.now()`. */
  readonly askedAt: number;
  /** How long it waited in the queue or for a connection, in milliseconds; undefined while it waits. */
  waitedMs?: number;
}

/** Publishes every {@link Database.write}, for metrics and traces. Without subscribers it costs nothing. */
export const DATABASE_WRITE_EVENTS = tracingChannel<unknown, DatabaseWriteEvent>(
  'weapp-passport:database-write',
);

type Work<T> = (manager: EntityManager) => Promise<T>;

/** Runs a write and publishes its event. */
export function observeWrite<T, Result = T>(
  work: Work<T>,
  run: (work: Work<T>) => Promise<Result>,
): Promise<Result> {
  if (!DATABASE_WRITE_EVENTS.hasSubscribers) return run(work);
  const write: DatabaseWriteEvent = { askedAt: performance.now() };
  return DATABASE_WRITE_EVENTS.tracePromise(
    () =>
      run((manager) => {
        write.waitedMs ??= performance.now() - write.askedAt;
        return work(manager);
      }),
    write,
  );
}

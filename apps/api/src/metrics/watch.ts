import { type Channel, subscribe, type TracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { problemOf } from '@app/problem';

/** What those who watch hold on to. */
export type Unsubscribe = () => void;

/** How something ended: a code of the table of problems, or undefined for success. */
export interface End {
  readonly problem: string | undefined;
  readonly seconds: number;
}

/**
 * Calls back at the end of each operation that a channel tells of.
 * @param began is called at its beginning
 */
export function watch<Observed extends object>(
  channel: TracingChannel<unknown, Observed>,
  ended: (observed: Observed, end: End) => void,
  began: () => void = () => undefined,
): Unsubscribe {
  const startedAt = new WeakMap<object, number>();
  const nothing = () => undefined;
  const subscribers = {
    start: (observed: Observed) => {
      startedAt.set(observed, performance.now());
      began();
    },
    end: nothing,
    asyncStart: nothing,
    error: nothing,
    asyncEnd: (observed: Observed & { error?: unknown }) => {
      const began = startedAt.get(observed);
      // It was under way when the watching began.
      if (began === undefined) return;
      const problem = observed.error === undefined ? undefined : problemOf(observed.error).code;
      ended(observed, { problem, seconds: (performance.now() - began) / 1000 });
    },
  };
  channel.subscribe(subscribers);
  return () => {
    channel.unsubscribe(subscribers);
  };
}

/** Calls back with each number that a channel tells. */
export function watchCounts(channel: Channel, counted: (count: number) => void): Unsubscribe {
  const subscriber = (message: unknown) => {
    counted(Number(message));
  };
  subscribe(channel.name, subscriber);
  return () => {
    unsubscribe(channel.name, subscriber);
  };
}

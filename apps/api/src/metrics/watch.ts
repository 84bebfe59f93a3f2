import { type Channel, subscribe, type TracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { problemOf } from '@app/problem';

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** The end of an operation. `problem` is a code of the table of problems; undefined for success. */
export interface End {
  readonly problem: string | undefined;
  readonly seconds: number;
}

/**
 * Subscribes to the operations of a channel.
 * @param ended is called at the end of each operation
 * @param began is called at the start of each operation
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
      // The operation began before the subscription.
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

/** Subscribes to the messages of a channel. */
export function watchMessages(channel: Channel, received: (message: unknown) => void): Unsubscribe {
  const subscriber = (message: unknown) => {
    received(message);
  };
  subscribe(channel.name, subscriber);
  return () => {
    unsubscribe(channel.name, subscriber);
  };
}

import type { Problem } from './problem.js';

/** Lets the owner of a running call end it early. */
export interface Cancel {
  /** Ends the call with a problem. Only the first one counts. */
  cancel: (problem: Problem) => void;
  /** Calls the listener on cancellation, immediately if that has happened. */
  onCancel: (listener: (problem: Problem) => void) => void;
  /** The promise, or the problem of the cancellation if that comes first. */
  race: <Result>(promise: Promise<Result>) => Promise<Result>;
  /** Whether it has ended one way or the other. */
  isOver: () => boolean;
}

/** A cancellation that has not happened. */
export function createCancel(): Cancel {
  let reason: Problem | undefined;
  let isOver = false;
  const listeners: ((problem: Problem) => void)[] = [];
  const onCancel = (listener: (problem: Problem) => void) => {
    if (reason) listener(reason);
    else listeners.push(listener);
  };
  return {
    onCancel,
    isOver: () => isOver,
    cancel(problem) {
      if (isOver) return;
      isOver = true;
      reason = problem;
      listeners.forEach((listener) => {
        listener(problem);
      });
    },
    race: (promise) =>
      new Promise((resolve, reject) => {
        onCancel(reject);
        const over = () => {
          isOver = true;
          resolve(promise);
        };
        promise.then(over, over);
      }),
  };
}

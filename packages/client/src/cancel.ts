import type { Problem } from './problem.js';

/** Cancels a running call. */
export interface Cancel {
  /** Ends the call with a problem. Only the first call of this function has an effect. */
  cancel: (problem: Problem) => void;
  /** Calls the listener on cancellation; immediately if the call is already cancelled. */
  onCancel: (listener: (problem: Problem) => void) => void;
  /** Returns a promise with the result, or with the problem of the cancellation if that comes first. */
  race: <Result>(promise: Promise<Result>) => Promise<Result>;
  /** Returns whether the call has ended or was cancelled. */
  isOver: () => boolean;
}

/** Creates the cancellation of one call. */
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
        const settle = () => {
          isOver = true;
          resolve(promise);
        };
        promise.then(settle, settle);
      }),
  };
}

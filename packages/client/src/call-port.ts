import { attempt } from './attempt.js';
import type { Cancel } from './cancel.js';
import type { Json } from './json.js';
import { Problem } from './problem.js';
import { after } from './timers.js';

/** The callbacks that every asynchronous function of a mini-program platform takes. */
export interface Callbacks {
  success: (result: unknown) => void;
  fail: (failure: unknown) => void;
}

/** WeChat's number for a timeout. */
const ERRNO_TIMEOUT = 5;

/**
 * Calls an asynchronous function of the platform. The first of these settles the promise: a callback, an exception, a rejected
 * promise (Taro rejects and calls `fail`), the cancellation, the deadline. The platform may call back never, twice, late or
 * without an argument. A result after the deadline is discarded, even if the timer was delayed because the phone slept.
 * @throws {Problem} `network_timeout`, `network_failed`, or the problem of the cancellation
 */
export function callPort(
  start: (callbacks: Callbacks) => unknown,
  timeoutMs: number,
  cancel?: Cancel,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const startedAtMs = Date.now();
    let task: unknown;
    let isOver = false as boolean;
    const rejectWith = (problem: Problem) => {
      if (isOver) return;
      isOver = true;
      stopTimer();
      reject(problem);
      // Not every platform supports abort, and an ended task may throw.
      attempt(() => {
        (task as { abort: () => void }).abort();
      });
    };
    const fail = (failure: unknown) => {
      const { errMsg, errno } = Object(failure) as Json;
      // The error texts differ by platform and language, so the elapsed time decides.
      const isTimeout = errno === ERRNO_TIMEOUT || Date.now() - startedAtMs >= timeoutMs * 0.9;
      rejectWith(new Problem(`network_${isTimeout ? 'timeout' : 'failed'}`, 0, String(errMsg)));
    };
    const onDeadline = () => {
      fail({ errno: ERRNO_TIMEOUT });
    };
    const success = (result: unknown) => {
      if (isOver) return;
      if (Date.now() - startedAtMs > timeoutMs) {
        onDeadline();
        return;
      }
      isOver = true;
      stopTimer();
      resolve(result);
    };
    const stopTimer = after(timeoutMs, onDeadline);
    if (cancel) cancel.onCancel(rejectWith);
    if (isOver) return;
    try {
      task = start({ success, fail });
      const promised = task as Promise<unknown> | undefined;
      if (promised && typeof promised.then === 'function') void promised.then(success, fail);
    } catch (error) {
      fail({ errMsg: error });
    }
  });
}

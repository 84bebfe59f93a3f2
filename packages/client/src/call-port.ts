import { attempt } from './attempt.js';
import type { Cancel } from './cancel.js';
import type { Json } from './json.js';
import { Problem } from './problem.js';
import { after } from './timers.js';

/** What every asynchronous function of a mini-program platform is given. */
export interface Callbacks {
  success: (result: unknown) => void;
  fail: (failure: unknown) => void;
}

/** WeChat's number for a timeout. */
const ERRNO_TIMEOUT = 5;

/**
 * Calls an asynchronous function of the platform. Settles by the first of: a callback, a throw, a rejected promise (Taro
 * rejects and calls `fail`), the cancellation, and the deadline. The platform may call back never, twice, late or without
 * an argument: what comes after the deadline is discarded, also if the phone slept and its timers with it.
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
    let isOver = false;
    const giveUp = (problem: Problem) => {
      if (isOver) return;
      isOver = true;
      stopTimer();
      reject(problem);
      // Not every platform can, and what has ended cannot.
      attempt(() => {
        (task as { abort: () => void }).abort();
      });
    };
    const fail = (failure: unknown) => {
      const { errMsg, errno } = Object(failure) as Json;
      // The texts differ by platform and language: the clock decides.
      const isTimeout = errno === ERRNO_TIMEOUT || Date.now() - startedAtMs >= timeoutMs * 0.9;
      giveUp(new Problem(`network_${isTimeout ? 'timeout' : 'failed'}`, 0, String(errMsg)));
    };
    const late = () => {
      fail({ errno: ERRNO_TIMEOUT });
    };
    const success = (result: unknown) => {
      if (isOver) return;
      if (Date.now() - startedAtMs > timeoutMs) {
        late();
        return;
      }
      isOver = true;
      stopTimer();
      resolve(result);
    };
    const stopTimer = after(timeoutMs, late);
    if (cancel) cancel.onCancel(giveUp);
    if (cancel && cancel.isOver()) return;
    try {
      task = start({ success, fail });
      const promised = task as Promise<unknown> | undefined;
      if (promised && typeof promised.then === 'function') void promised.then(success, fail);
    } catch (error) {
      fail({ errMsg: error });
    }
  });
}

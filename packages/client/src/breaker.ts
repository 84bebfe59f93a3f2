import type { Log } from './log.js';
import { isProblem, Problem } from './problem.js';
import { leftOf } from './timers.js';

const FREE_FAILURES = 4;
const MAX_PAUSE_MS = 30_000;

/** Runs a login or a refresh. */
export type Breaker = <Result>(action: () => Promise<Result>, isUserAct: boolean) => Promise<Result>;

/**
 * Returns a function that runs a login or a refresh, unless several failed in a row: then the last failure is thrown
 * immediately, for one second, then two, and so on up to half a minute. If the service itself said how long to wait, that
 * counts from the first failure on. A user's own act is tried in a pause too, once per pause.
 */
export function createBreaker(log: Log): Breaker {
  let failures = 0;
  let failedAtMs = 0;
  let pauseMs = 0;
  let hadAct = false;
  let lastFailure: unknown;

  const pause = (error: unknown) => {
    failures++;
    lastFailure = error;
    const askedMs = error instanceof Problem ? (error.retryAfterSeconds || 0) * 1000 : 0;
    const more = failures - FREE_FAILURES;
    const ownMs = more > 0 ? Math.min(MAX_PAUSE_MS, 1000 * 2 ** (more - 1)) : 0;
    failedAtMs = Date.now();
    pauseMs = Math.max(askedMs, ownMs);
    if (pauseMs > 0) log('wait', { waitMs: pauseMs });
  };

  return async (action, isUserAct) => {
    const isPaused = failures > 0 && leftOf(pauseMs, failedAtMs) > 0;
    if (isPaused && (!isUserAct || hadAct)) throw lastFailure;
    hadAct = isPaused;
    try {
      const result = await action();
      failures = 0;
      return result;
    } catch (error) {
      // A phone without a network disturbs no service, and is to log in the moment it has one again.
      if (!isProblem(error, /^(network_failed|logged_out|storage_failed)$/)) pause(error);
      throw error;
    }
  };
}

import type { Log } from './log.js';
import { isProblem, Problem } from './problem.js';
import { remainingMs } from './timers.js';

const FREE_FAILURES = 4;
const MAX_PAUSE_MS = 30_000;

/** Runs a login or a refresh. */
export type Breaker = <Result>(action: () => Promise<Result>, isUserAct: boolean) => Promise<Result>;

/**
 * Returns a function that runs a login or a refresh. After several consecutive failures it pauses and throws the last failure
 * immediately: for 1 s, then 2 s, and so on up to 30 s. If the service sends `Retry-After`, it pauses after the first failure
 * already. A login by the user's own act is tried once per pause.
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
    const isPaused = failures > 0 && remainingMs(pauseMs, failedAtMs) > 0;
    if (isPaused && (!isUserAct || hadAct)) throw lastFailure;
    hadAct = isPaused;
    try {
      const result = await action();
      failures = 0;
      return result;
    } catch (error) {
      // Without a network no request reaches the service, and the login should succeed as soon as the network is back.
      if (!isProblem(error, /^(network_failed|logged_out|storage_failed)$/)) pause(error);
      throw error;
    }
  };
}

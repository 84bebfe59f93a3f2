import { Problem } from './errors';

const FREE_FAILURES = 4;
const MAX_PAUSE_MS = 30_000;

let failures = 0;
let failedAtMs = 0;
let pauseMs = 0;
let lastFailure: unknown;

/**
 * Runs a login or a refresh, unless several failed in a row: then the last failure is thrown at once, for one second,
 * then two, and so on to half a minute. A service in trouble is not asked again by each page of each phone. Where the
 * service itself said how long to wait, that counts from the first failure on.
 */
export async function guarded<Result>(action: () => Promise<Result>): Promise<Result> {
  const agoMs = Date.now() - failedAtMs;
  // A negative age: the clock was set back.
  if (failures > 0 && agoMs >= 0 && agoMs < pauseMs) throw lastFailure;
  try {
    const result = await action();
    failures = 0;
    return result;
  } catch (error) {
    if (counts(error)) pause(error);
    throw error;
  }
}

function pause(error: unknown): void {
  failures++;
  lastFailure = error;
  const askedMs = error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  const ownMs =
    failures > FREE_FAILURES ? Math.min(MAX_PAUSE_MS, 1000 * 2 ** (failures - FREE_FAILURES - 1)) : 0;
  failedAtMs = Date.now();
  pauseMs = Math.max(askedMs, ownMs);
}

/** A phone without a network bothers nobody, and is to log in the moment it has one again. */
function counts(error: unknown): boolean {
  return !(error instanceof Problem && (error.code === 'network_failed' || error.code === 'logged_out'));
}

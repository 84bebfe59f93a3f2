const FIRST_PAUSE_MS = 5000;
const GROWTH = 4;
/** Four attempts a day, so that a receiver that was repaired gets its messages within hours. */
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** The share of a pause that is random: the messages of an outage are not all sent again in one moment. */
const JITTER = 0.2;

/**
 * Returns when a message whose attempt has failed is sent again: after about 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 6 h and
 * every 6 h from then on. The last attempt is at `giveUpAt`.
 * @param attempts how many have failed, this one included
 * @param now epoch milliseconds
 * @param random from 0 to 1
 * @returns epoch milliseconds; undefined if this attempt was the last
 */
export function nextAttemptAt(
  attempts: number,
  now: number,
  giveUpAt: number,
  random = Math.random(),
): number | undefined {
  if (now >= giveUpAt) return undefined;
  const pauseMs = Math.min(FIRST_PAUSE_MS * GROWTH ** (attempts - 1), LONGEST_PAUSE_MS);
  return Math.min(now + Math.round(pauseMs * (1 + JITTER * (random - 0.5))), giveUpAt);
}

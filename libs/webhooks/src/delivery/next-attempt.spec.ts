import { describe, expect, it } from 'vitest';
import { nextAttemptAt } from './next-attempt.js';

const HOUR_MS = 3_600_000;
const GIVE_UP_AT = 72 * HOUR_MS;

describe('nextAttemptAt', () => {
  it('waits longer after each failure, for three days in all, and tries at their end once more', () => {
    const pauses: number[] = [];
    let now = 0;
    for (let attempts = 1; ; attempts += 1) {
      const next = nextAttemptAt(attempts, now, GIVE_UP_AT, 0.5);
      if (next === undefined) break;
      pauses.push((next - now) / 1000);
      now = next;
    }
    expect(pauses.slice(0, 8)).toEqual([5, 20, 80, 320, 1280, 5120, 20_480, 21_600]);
    expect(now).toBe(GIVE_UP_AT);
    expect(pauses).toHaveLength(18);
  });

  it('spreads the attempts of one moment over a fifth of the pause', () => {
    expect([0, 1].map((random) => nextAttemptAt(2, 0, GIVE_UP_AT, random))).toEqual([18_000, 22_000]);
  });

  it('gives up at a failure after the last moment', () => {
    expect(nextAttemptAt(1, GIVE_UP_AT, GIVE_UP_AT)).toBeUndefined();
    expect(nextAttemptAt(1, GIVE_UP_AT + HOUR_MS, GIVE_UP_AT)).toBeUndefined();
  });
});

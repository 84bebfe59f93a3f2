import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryRateLimitStorage } from './memory-rate-limit-storage.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe('MemoryRateLimitStorage', () => {
  it('counts each key separately and blocks the hit over the limit', async () => {
    const windows = new MemoryRateLimitStorage();
    const hit = (key: string) => windows.increment(key, 60_000, 2);
    expect(await hit('a')).toEqual({
      totalHits: 1,
      timeToExpire: 60,
      isBlocked: false,
      timeToBlockExpire: 0,
    });
    expect(await hit('a')).toMatchObject({ totalHits: 2, isBlocked: false });
    pass(59_500);
    expect(await hit('a')).toEqual({ totalHits: 3, timeToExpire: 1, isBlocked: true, timeToBlockExpire: 1 });
    expect(await hit('b')).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('returns the state of a window without counting, and none after its end', async () => {
    const windows = new MemoryRateLimitStorage();
    expect(await windows.peek('a', 60_000)).toEqual({ hits: 0, timeToExpire: 0 });
    await windows.increment('a', 60_000, 1);
    pass(18_500);
    expect(await windows.peek('a', 60_000)).toEqual({ hits: 1, timeToExpire: 42 });
    expect(await windows.increment('a', 60_000, 1)).toMatchObject({ totalHits: 2 });
    pass(41_500);
    expect(await windows.peek('a', 60_000)).toEqual({ hits: 0, timeToExpire: 0 });
  });

  it('opens a window with the first hit after the end of the last one, after any number of hits', async () => {
    const windows = new MemoryRateLimitStorage();
    for (let count = 0; count < 10; count += 1) await windows.increment('a', 60_000, 1);
    pass(59_999);
    expect(await windows.increment('a', 60_000, 1)).toMatchObject({ isBlocked: true });
    pass(1);
    expect(await windows.increment('a', 60_000, 1)).toMatchObject({ totalHits: 1, timeToExpire: 60 });
  });

  it('locks no caller out when the clock is set back', async () => {
    const windows = new MemoryRateLimitStorage();
    for (let count = 0; count < 3; count += 1) await windows.increment('a', 60_000, 1);
    pass(-3_600_000);
    expect(await windows.increment('a', 60_000, 1)).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('drops ended windows when others open', async () => {
    const windows = new MemoryRateLimitStorage();
    for (let key = 0; key < 1000; key += 1) await windows.increment(`old ${key}`, 60_000, 1);
    pass(60_000);
    for (let key = 0; key < 1000; key += 1) await windows.increment(`new ${key}`, 60_000, 1);
    expect(windows.size).toBe(1000);
  });

  it('never holds more than the maximum, and drops the oldest first', async () => {
    const windows = new MemoryRateLimitStorage(100);
    for (let key = 0; key < 1000; key += 1) {
      await windows.increment(String(key), 60_000, 1);
      expect(windows.size).toBeLessThanOrEqual(100);
    }
    expect(await windows.increment('999', 60_000, 1)).toMatchObject({ totalHits: 2 });
    expect(await windows.increment('901', 60_000, 1)).toMatchObject({ totalHits: 2 });
    expect(await windows.increment('0', 60_000, 1)).toMatchObject({ totalHits: 1 });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from './new-id.js';

const timeOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

describe('newId', () => {
  afterEach(() => vi.useRealTimers());

  /** Later than any id so far: other tests may have put the clock ahead. */
  function stopClock(): number {
    const now = Math.max(Date.now(), timeOf(newId())) + 1;
    vi.useFakeTimers({ toFake: ['Date'], now });
    return now;
  }

  it('gives UUIDs of version 7 with the time in front, each once', () => {
    const now = stopClock();
    const ids = Array.from({ length: 1000 }, newId);
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.map(timeOf)).toEqual(Array(1000).fill(now));
  });

  it('gives them in order, within a millisecond and when the clock is set back', () => {
    const now = stopClock();
    const ids = Array.from({ length: 500 }, newId);
    vi.setSystemTime(now - 3_600_000);
    ids.push(...Array.from({ length: 500 }, newId));
    expect(ids).toEqual(ids.toSorted());
  });
});

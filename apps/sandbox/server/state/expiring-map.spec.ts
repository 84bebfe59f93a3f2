import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExpiringMap } from './expiring-map.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

it('gives an entry up to its last millisecond, and not at its ttl', () => {
  const map = new ExpiringMap<string>(1000);
  map.set('key', 'value');
  vi.advanceTimersByTime(999);
  expect(map.get('key')).toBe('value');
  vi.advanceTimersByTime(1);
  expect(map.get('key')).toBeUndefined();
});

it('restarts the lifetime of a key when the key is set again', () => {
  const map = new ExpiringMap<string>(10_000);
  map.set('key', 'old');
  vi.advanceTimersByTime(6000);
  map.set('key', 'new');
  vi.advanceTimersByTime(6000);
  map.set('other', 'value');
  expect(map.get('key')).toBe('new');
});

it('drops 100,000 dead entries when one is set', () => {
  const map = new ExpiringMap<number>(60_000);
  for (let i = 0; i < 100_000; i += 1) map.set(`key ${i}`, i);
  expect(map.size).toBe(100_000);
  vi.advanceTimersByTime(60_000);
  map.set('key', 0);
  expect(map.size).toBe(1);
});

it('goes on sweeping when the clock is set back', () => {
  const map = new ExpiringMap<number>(60_000);
  map.set('first', 1);
  vi.setSystemTime(Date.now() - 3_600_000);
  map.set('second', 2);
  vi.advanceTimersByTime(3_600_000 + 60_000);
  map.set('third', 3);
  expect(map.size).toBe(1);
});

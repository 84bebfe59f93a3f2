import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PerMinuteLimit } from './per-minute-limit.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const admitted = (limit: PerMinuteLimit, calls: number) =>
  Array.from({ length: calls }, () => limit.admit()).filter(Boolean).length;

it('admits the limit in each minute', () => {
  const limit = new PerMinuteLimit(3);
  expect(admitted(limit, 10)).toBe(3);
  vi.setSystemTime(Date.now() + 59_999);
  expect(admitted(limit, 10)).toBe(0);
  vi.setSystemTime(Date.now() + 1);
  expect(admitted(limit, 10)).toBe(3);
});

it('returns the number of refused calls once, after the end of the minute', () => {
  const limit = new PerMinuteLimit(3);
  admitted(limit, 10);
  expect([limit.hasRefused, limit.takeRefused()]).toEqual([true, 0]);
  vi.setSystemTime(Date.now() + 60_000);
  expect([limit.takeRefused(), limit.takeRefused(), limit.hasRefused]).toEqual([7, 0, false]);
});

it('returns the number before the end of the minute on request', () => {
  const limit = new PerMinuteLimit(3);
  admitted(limit, 5);
  expect(limit.takeRefused(true)).toBe(2);
});

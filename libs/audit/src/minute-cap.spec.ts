import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MinuteCap } from './minute-cap.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const admitted = (cap: MinuteCap, calls: number) =>
  Array.from({ length: calls }, () => cap.admit()).filter(Boolean).length;

it('lets as many through in each minute as it was told', () => {
  const cap = new MinuteCap(3);
  expect(admitted(cap, 10)).toBe(3);
  vi.setSystemTime(Date.now() + 59_999);
  expect(admitted(cap, 10)).toBe(0);
  vi.setSystemTime(Date.now() + 1);
  expect(admitted(cap, 10)).toBe(3);
});

it('tells how many it refused, once, when the minute is over', () => {
  const cap = new MinuteCap(3);
  admitted(cap, 10);
  expect([cap.hasRefused, cap.takeRefused()]).toEqual([true, 0]);
  vi.setSystemTime(Date.now() + 60_000);
  expect([cap.takeRefused(), cap.takeRefused(), cap.hasRefused]).toEqual([7, 0, false]);
});

it('tells it before that to one who cannot wait', () => {
  const cap = new MinuteCap(3);
  admitted(cap, 5);
  expect(cap.takeRefused(true)).toBe(2);
});

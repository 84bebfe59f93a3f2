import { describe, expect, it } from 'vitest';
import { fitLine } from '../../scripts/soak/fit.mjs';
import { reasonsOf, reportOf } from '../../scripts/soak/verdict.mjs';

const MINUTE_MS = 60_000;
const REST = { atMs: 0, rssMb: 250, keptMb: 150, fds: 40, sockets: 20, lagP99Ms: 12, queue: 0 };

/** Ten minutes, six samples each. */
const samples = (change: (minute: number) => Partial<typeof REST>) =>
  Array.from({ length: 60 }, (_, index) => ({
    ...REST,
    atMs: (index / 6) * MINUTE_MS,
    ...change(index / 6),
  }));

const saw = (minute: number) => (Math.round(minute * 6) % 2) * 20;

describe('a line through points', () => {
  it('has the slope of points that lie on one', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: 5 + 2 * x }));
    expect(fitLine(points)).toEqual({ first: 5, last: 11, slope: 2, error: 0 });
  });

  it('has an error as great as the points lie beside it', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: x % 2 }));
    const fit = fitLine(points);
    expect(fit?.slope).toBeCloseTo(0.2);
    expect(fit?.error).toBeCloseTo(0.283, 3);
  });

  it('takes three points', () => {
    expect(fitLine([0, 1].map((x) => ({ x, y: x })))).toBeNull();
  });
});

describe('the verdict of a soak', () => {
  it('finds nothing in memory that goes up and down, or has grown in the first half only, or is free room of the heap', () => {
    const steady = samples((minute) => ({
      keptMb: Math.min(150, 100 + minute * 15) + saw(minute),
      rssMb: 200 + minute * 10,
    }));
    expect(reasonsOf([reportOf(steady, REST)], 0, 10)).toEqual([]);
  });

  it('names a process whose memory grows, however it goes up and down', () => {
    const leaking = samples((minute) => ({ keptMb: 150 + minute * 4 + saw(minute) }));
    expect(
      reasonsOf(
        [
          reportOf(
            samples(() => ({})),
            REST,
          ),
          reportOf(leaking, REST),
        ],
        0,
        10,
      ),
    ).toEqual([
      expect.stringMatching(/^The memory of process 2 grew from 170\S* to 18\d\S* MB in the second half\.$/),
    ]);
  });

  it('does not judge the memory of a run that only warms up', () => {
    const growing = samples((minute) => ({ keptMb: 150 + minute * 40 }));
    expect(reasonsOf([reportOf(growing, REST)], 0, 9.9)).toEqual([]);
  });

  it('names descriptors that grow, a line that does not end, and answers not foreseen', () => {
    const growing = samples((minute) => ({ fds: 40 + Math.round(minute * 5), queue: 3 }));
    expect(reasonsOf([reportOf(growing, { ...REST, queue: 2 })], 7, 10)).toEqual([
      '7 requests had no answer, or not the one foreseen.',
      'Of process 1 67.5 file descriptors were open, then 87.5.',
      '2 writes of process 1 were left in line.',
    ]);
  });

  it('names a process that tells nothing any more', () => {
    expect(reasonsOf([reportOf([], undefined)], 0, 1)).toEqual(['At the end process 1 told no metrics.']);
  });

  it('judges what /proc tells only where there is one', () => {
    const unknown = samples(() => ({ rssMb: null, keptMb: null, fds: null, sockets: null }) as never);
    expect(reasonsOf([reportOf(unknown, REST)], 0, 10)).toEqual([]);
  });
});

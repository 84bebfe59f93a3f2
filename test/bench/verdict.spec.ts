import { describe, expect, it } from 'vitest';
import { reasonsOf, reportOf } from '../../bench/soak/verdict.js';

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

describe('the verdict of a soak', () => {
  it('accepts memory that goes up and down, that grew in the first half only, or that is free room of the heap', () => {
    const steady = samples((minute) => ({
      keptMb: Math.min(150, 100 + minute * 15) + saw(minute),
      rssMb: 200 + minute * 10,
    }));
    expect(reasonsOf([reportOf(steady, REST)], 0, 10)).toEqual([]);
  });

  it('names a process whose memory grows in the second half while it goes up and down', () => {
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

  it('names growing descriptors, a queue that is not empty at the end, and answers that were not foreseen', () => {
    const growing = samples((minute) => ({ fds: 40 + Math.round(minute * 5), queue: 3 }));
    expect(reasonsOf([reportOf(growing, { ...REST, queue: 2 })], 7, 10)).toEqual([
      '7 requests had no answer, or not the one foreseen.',
      'The open file descriptors of process 1 grew from 67.5 to 87.5.',
      '2 writes of process 1 were left in the queue.',
    ]);
  });

  it('names a process that serves no metrics any more', () => {
    expect(reasonsOf([reportOf([], undefined)], 0, 1)).toEqual(['At the end process 1 served no metrics.']);
  });

  it('judges the figures of /proc only if there is one', () => {
    const unknown = samples(() => ({ rssMb: null, keptMb: null, fds: null, sockets: null }) as never);
    expect(reasonsOf([reportOf(unknown, REST)], 0, 10)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { figuresOf, medianOf } from '../../bench/figures.js';
import { comparison } from '../../bench/run.js';

describe('the figures of a scenario', () => {
  const measured = {
    requests: 100,
    errors: 0,
    latenciesMs: Array.from({ length: 100 }, (_, index) => 100 - index),
    wallMs: 500,
    used: { apiUs: 30_049, databaseUs: 10_000 },
  };

  it('are percentiles of latencies in any order, and CPU over requests', () => {
    expect(figuresOf({ apis: [] }, measured)).toMatchObject({
      requests_per_second: 200,
      p50_ms: 50,
      p99_ms: 99,
      max_ms: 100,
      cpu_us_per_request: 300,
      database_cpu_us_per_request: 100,
    });
  });

  it('are null if /proc has no answer', () => {
    const unknown = { ...measured, used: { apiUs: null, databaseUs: null } };
    expect(figuresOf({ apis: [] }, unknown)).toMatchObject({
      cpu_us_per_request: null,
      database_cpu_us_per_request: null,
    });
  });
});

describe('the median of figures', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], null],
    [[1, null], null],
  ])('of %j is %j', (figures, median) => {
    expect(medianOf(figures)).toBe(median);
  });
});

describe('a comparison', () => {
  it('has the ratio of b over a, of the medians and of each round', () => {
    const line = (cpu: number, errors = 0) => ({ scenario: 'verify', errors, cpu_us_per_request: cpu });
    expect(comparison('verify', [line(100), line(200)], [line(150), line(180, 1)])).toEqual({
      scenario: 'verify',
      a: { errors: 0, cpu_us_per_request: { median: 150, min: 100, max: 200 } },
      b: { errors: 1, cpu_us_per_request: { median: 165, min: 150, max: 180 } },
      ratio: 1.1,
      ratio_of_rounds: [1.5, 0.9],
    });
  });

  it('has no ratio if the CPU of one side is not known', () => {
    const line = (cpu: number | null) => ({ scenario: 'verify', cpu_us_per_request: cpu });
    expect(comparison('verify', [line(null)], [line(150)])).toMatchObject({
      ratio: null,
      ratio_of_rounds: [null],
    });
  });
});

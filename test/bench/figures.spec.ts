import { describe, expect, it } from 'vitest';
import { comparison, turns } from '../../scripts/bench/compare.mjs';
import { figuresOf } from '../../scripts/bench/figures.mjs';
import { medianOf, spreadOf } from '../../scripts/bench/spread.mjs';

const NOBODY = { apis: [], database: { kind: 'sqlite', url: 'sqlite:none' } } as const;

describe('the figures of a scenario', () => {
  const measured = {
    requests: 100,
    errors: 0,
    latenciesMs: Array.from({ length: 100 }, (_, index) => 100 - index),
    wallMs: 500,
    used: { apiUs: 30_049, databaseUs: 10_000 },
  };

  it('are percentiles of latencies in any order, and CPU over requests', () => {
    expect(figuresOf({ ...NOBODY, apis: [] }, measured)).toMatchObject({
      requests_per_second: 200,
      p50_ms: 50,
      p99_ms: 99,
      max_ms: 100,
      cpu_us_per_request: 300,
      database_cpu_us_per_request: 100,
    });
  });

  it('are null where /proc does not tell', () => {
    const unknown = { ...measured, used: { apiUs: null, databaseUs: null } };
    expect(figuresOf({ ...NOBODY, apis: [] }, unknown)).toMatchObject({
      cpu_us_per_request: null,
      database_cpu_us_per_request: null,
    });
  });
});

describe('figures of several runs', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], null],
    [[1, null], null],
  ])('have a median: of %j %j', (figures, median) => {
    expect(medianOf(figures)).toBe(median);
  });

  it('have a spread', () => {
    expect(spreadOf([300, 280, 310])).toEqual({ median: 300, min: 280, max: 310 });
  });
});

describe('a comparison', () => {
  it('begins with the other side each time', () => {
    expect(turns(3).join('')).toBe('abbaab');
  });

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
});

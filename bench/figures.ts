import { rssMegabytes, type Usage } from './cpu.js';
import type { Service } from './service.js';

/** The result of the measured part of a scenario. */
export interface Measured {
  requests: number;
  /** Requests without an answer, or with one that is not 200; `problem` is the body of the first. */
  errors: number;
  problem?: string | undefined;
  latenciesMs: number[];
  /** The time from the first request to the last answer. */
  wallMs: number;
  used: Usage;
}

export type Figures = ReturnType<typeof figuresOf>;

/** Returns the members of the JSON line of a scenario. */
export function figuresOf(service: Pick<Service, 'apis'>, measured: Measured) {
  const { requests, errors, problem, latenciesMs, wallMs, used } = measured;
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const percentile = (share: number) => rounded(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN);
  return {
    requests,
    errors,
    ...(problem !== undefined && { problem }),
    requests_per_second: Math.round((latenciesMs.length / wallMs) * 1000),
    p50_ms: percentile(0.5),
    p99_ms: percentile(0.99),
    max_ms: percentile(1),
    cpu_us_per_request: used.apiUs && Math.round(used.apiUs / requests),
    database_cpu_us_per_request: used.databaseUs && Math.round(used.databaseUs / requests),
    rss_mb: largestRss(service),
  };
}

/**
 * Returns the resident memory of the largest instance in MB (10^6 bytes); null without /proc.
 * @param time `VmHWM` is the largest since the start
 */
export function largestRss({ apis }: Pick<Service, 'apis'>, time?: 'VmRSS' | 'VmHWM'): number | null {
  const known = apis.flatMap(({ pid }) => rssMegabytes(pid, time) ?? []);
  return known.length < apis.length ? null : Math.max(...known);
}

/** Returns the median; null if there are no figures, or if one is unknown. */
export function medianOf(figures: readonly unknown[]): number | null {
  const sorted = figures.filter((figure) => typeof figure === 'number').sort((a, b) => a - b);
  if (sorted.length === 0 || sorted.length < figures.length) return null;
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return rounded(middle.reduce((sum, figure) => sum + figure, 0) / middle.length);
}

/** Rounds to 0.01. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

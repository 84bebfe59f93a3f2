import { rssMegabytes } from './cpu.mjs';

/**
 * What a measured part gave.
 * @typedef {object} Measured
 * @property {number} requests
 * @property {number} errors requests without an answer, or with one that is not 2xx
 * @property {string | undefined} [problem] the body of such an answer
 * @property {number[]} latenciesMs one per answer, in any order
 * @property {number} wallMs from the first request to the last answer
 * @property {import('./usage.mjs').Usage} used meanwhile
 */

/**
 * The members of the JSON line of a scenario.
 * @param {Pick<import('./service.mjs').Service, 'apis' | 'database'>} service
 * @param {Measured} measured
 */
export function figuresOf(service, { requests, errors, problem, latenciesMs, wallMs, used }) {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return {
    requests,
    errors,
    ...(problem !== undefined && { problem }),
    requests_per_second: Math.round((latenciesMs.length / wallMs) * 1000),
    p50_ms: percentile(sorted, 0.5),
    p99_ms: percentile(sorted, 0.99),
    max_ms: percentile(sorted, 1),
    cpu_us_per_request: used.apiUs === null ? null : Math.round(used.apiUs / requests),
    database_cpu_us_per_request: used.databaseUs === null ? null : Math.round(used.databaseUs / requests),
    rss_mb: largestRss(service),
  };
}

/**
 * Resident memory of the largest instance in MB (10^6 bytes).
 * @param {Pick<import('./service.mjs').Service, 'apis' | 'database'>} service
 * @returns {number | null} null where there is no /proc
 */
export function largestRss({ apis }) {
  const known = apis.flatMap(({ pid }) => rssMegabytes(pid) ?? []);
  return known.length < apis.length ? null : Math.max(...known);
}

/**
 * @param {number[]} sorted
 * @param {number} share of the values that are not greater
 */
function percentile(sorted, share) {
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  return value === undefined ? null : Math.round(value * 100) / 100;
}

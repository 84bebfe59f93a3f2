import { medianOf } from '../bench/spread.mjs';
import { fitLine } from './fit.mjs';

/** @typedef {import('./samples.mjs').Sample} Sample */

/** What a service that holds may grow by over the second half of a run: a pool may still open its last connections. */
export const ALLOWED = { rssGrowthPercent: 5, moreFds: 10 };

/** Before that, caches fill and the heap finds its size. */
export const JUDGED_FROM_MINUTES = 5;

const MINUTE_MS = 60_000;

/**
 * What became of a process.
 * @param {Sample[]} samples under load, oldest first
 * @param {Sample | undefined} rest when nobody asked any more; undefined when it told nothing
 */
export function reportOf(samples, rest) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const fifth = Math.ceil(half.length / 5);
  const [begin, end] = [half.slice(0, fifth), half.slice(-fifth)];
  const points = half.flatMap(({ atMs, rssMb }) =>
    rssMb === null ? [] : [{ x: atMs / MINUTE_MS, y: rssMb }],
  );
  const fit = fitLine(points);
  const lags = samples.map(({ lagP99Ms }) => lagP99Ms);
  return {
    rss_mb_start: rounded(fit?.first),
    rss_mb_end: rounded(fit?.last),
    rss_mb_per_minute: rounded(fit?.slope),
    rss_mb_per_minute_error: rounded(fit?.error),
    heap_mb_start: Math.min(...begin.map(({ heapMb }) => heapMb)),
    heap_mb_end: Math.min(...end.map(({ heapMb }) => heapMb)),
    fds_start: medianOf(begin.map(({ fds }) => fds)),
    fds_end: medianOf(end.map(({ fds }) => fds)),
    sockets_start: medianOf(begin.map(({ sockets }) => sockets)),
    sockets_end: medianOf(end.map(({ sockets }) => sockets)),
    queue_max: Math.max(0, ...samples.map(({ queue }) => queue)),
    queue_end: rest?.queue ?? null,
    lag_p99_ms: { median: medianOf(lags), max: Math.max(0, ...lags) },
  };
}

/**
 * Why a service did not hold, a sentence each; none when it did.
 * @param {ReturnType<typeof reportOf>[]} reports one for each process
 * @param {number} errors answers that were not as foreseen
 * @param {number} minutes the run took
 * @returns {string[]}
 */
export function reasonsOf(reports, errors, minutes) {
  const refusals = errors > 0 ? [`${errors} requests had no answer, or not the one foreseen.`] : [];
  return [
    ...refusals,
    ...reports.flatMap((report, index) => growthOf(report, `process ${index + 1}`, minutes)),
  ];
}

/**
 * @param {ReturnType<typeof reportOf>} report
 * @param {string} name
 * @param {number} minutes
 */
function growthOf(report, name, minutes) {
  const { fds_start, fds_end, queue_end, rss_mb_start, rss_mb_end } = report;
  const reasons = [];
  if (minutes >= JUDGED_FROM_MINUTES && isGrowing(report))
    reasons.push(`The memory of ${name} grew from ${rss_mb_start} to ${rss_mb_end} MB in the second half.`);
  if (fds_start !== null && fds_end !== null && fds_end > fds_start + ALLOWED.moreFds)
    reasons.push(`Of ${name} ${fds_start} file descriptors were open, then ${fds_end}.`);
  if (queue_end === null) reasons.push(`At the end ${name} told no metrics.`);
  else if (queue_end > 0) reasons.push(`${queue_end} writes of ${name} were left in line.`);
  return reasons;
}

/** @param {ReturnType<typeof reportOf>} report */
function isGrowing({
  rss_mb_start: start,
  rss_mb_end: end,
  rss_mb_per_minute: slope,
  rss_mb_per_minute_error: error,
}) {
  if (start === null || end === null || slope === null || error === null) return false;
  return end - start > (start * ALLOWED.rssGrowthPercent) / 100 && slope > 2 * error;
}

/** @param {number | undefined} value */
function rounded(value) {
  return value === undefined ? null : Math.round(value * 100) / 100;
}

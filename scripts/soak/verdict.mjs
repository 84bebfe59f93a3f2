import { medianOf } from '../bench/spread.mjs';
import { fitLine } from './fit.mjs';

/** @typedef {import('./samples.mjs').Sample} Sample */

/** What a service that holds may grow by over the second half of a run: a pool may still open its last connections. */
export const ALLOWED = { growthPercent: 5, moreFds: 10 };

/** In the first half of such a run caches fill, and the heap finds its size. */
export const JUDGED_FROM_MINUTES = 10;

/** Of the second half; in each of them garbage is collected at least once. */
const STRETCHES = 10;

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
  const rss = fitLine(pointsOf(half, 'rssMb'));
  const kept = fitLine(floorsOf(pointsOf(half, 'keptMb')));
  const lags = samples.map(({ lagP99Ms }) => lagP99Ms);
  return {
    rss_mb_start: rounded(rss?.first),
    rss_mb_end: rounded(rss?.last),
    rss_mb_per_minute: rounded(rss?.slope),
    kept_mb_start: rounded(kept?.first),
    kept_mb_end: rounded(kept?.last),
    kept_mb_per_minute: rounded(kept?.slope),
    kept_mb_per_minute_error: rounded(kept?.error),
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
  const { fds_start, fds_end, queue_end, kept_mb_start, kept_mb_end } = report;
  const reasons = [];
  if (minutes >= JUDGED_FROM_MINUTES && isGrowing(report))
    reasons.push(`The memory of ${name} grew from ${kept_mb_start} to ${kept_mb_end} MB in the second half.`);
  if (fds_start !== null && fds_end !== null && fds_end > fds_start + ALLOWED.moreFds)
    reasons.push(`Of ${name} ${fds_start} file descriptors were open, then ${fds_end}.`);
  if (queue_end === null) reasons.push(`At the end ${name} told no metrics.`);
  else if (queue_end > 0) reasons.push(`${queue_end} writes of ${name} were left in line.`);
  return reasons;
}

/** @param {ReturnType<typeof reportOf>} report */
function isGrowing(report) {
  const { kept_mb_start: start, kept_mb_end: end } = report;
  const { kept_mb_per_minute: slope, kept_mb_per_minute_error: error } = report;
  if (start === null || end === null || slope === null || error === null) return false;
  return end - start > (start * ALLOWED.growthPercent) / 100 && slope > 2 * error;
}

/**
 * A figure over time, in minutes.
 * @param {Sample[]} samples
 * @param {'rssMb' | 'keptMb'} name
 */
function pointsOf(samples, name) {
  return samples.flatMap(({ atMs, [name]: y }) => (y === null ? [] : [{ x: atMs / MINUTE_MS, y }]));
}

/**
 * The least point of each stretch: what is left when garbage has just been collected.
 * @param {import('./fit.mjs').Point[]} points
 */
function floorsOf(points) {
  const size = Math.max(1, Math.ceil(points.length / STRETCHES));
  return points.flatMap((_, index) => {
    const stretch = index % size === 0 ? points.slice(index, index + size) : [];
    return stretch.length === 0
      ? []
      : [stretch.reduce((least, point) => (point.y < least.y ? point : least))];
  });
}

/** @param {number | undefined} value */
function rounded(value) {
  return value === undefined ? null : Math.round(value * 100) / 100;
}

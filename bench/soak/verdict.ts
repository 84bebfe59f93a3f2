import { medianOf, rounded } from '../figures.js';
import type { Sample } from './samples.js';

/** The allowed growth in the second half of a run. A pool may still open its last connections. */
const ALLOWED = { growthPercent: 5, moreFds: 10 };
/** The minimum length of a run for the check of memory growth. In its first half, caches fill and the heap grows. */
const JUDGED_FROM_MINUTES = 10;
/** The number of segments of the second half. The garbage collector runs at least once in each. */
const SEGMENTS = 10;
const MINUTE_MS = 60_000;

/** When the soak fails, for the help. */
export const SOAK_FAILS = `It fails if an answer was not the one foreseen; if the kept memory of a process grew by more than ${ALLOWED.growthPercent} % over the
second half, and by more than twice the error of the slope (in runs of ${JUDGED_FROM_MINUTES} minutes and more: shorter ones only warm up);
if more than ${ALLOWED.moreFds} more file descriptors were open at its end; or if a write was left in the queue.`;

/**
 * Returns the figures of a process in the second half of a run. For memory: the ends and the slope of a fitted line. For
 * descriptors: the medians of the first and the last fifth.
 * @param samples during the load, oldest first
 * @param rest the sample after the last request; undefined if the process did not answer
 */
export function reportOf(samples: Sample[], rest: Sample | undefined) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const fifth = Math.ceil(half.length / 5);
  const [begin, end] = [half.slice(0, fifth), half.slice(-fifth)];
  const rss = fitLine(pointsOf(half, 'rssMb'));
  const kept = fitLine(floorsOf(pointsOf(half, 'keptMb')));
  const lags = samples.map(({ lagP99Ms }) => lagP99Ms);
  return {
    rss_mb_start: rss?.first ?? null,
    rss_mb_end: rss?.last ?? null,
    rss_mb_per_minute: rss?.slope ?? null,
    kept_mb_start: kept?.first ?? null,
    kept_mb_end: kept?.last ?? null,
    kept_mb_per_minute: kept?.slope ?? null,
    kept_mb_per_minute_error: kept?.error ?? null,
    fds_start: medianOf(begin.map(({ fds }) => fds)),
    fds_end: medianOf(end.map(({ fds }) => fds)),
    sockets_start: medianOf(begin.map(({ sockets }) => sockets)),
    sockets_end: medianOf(end.map(({ sockets }) => sockets)),
    queue_max: Math.max(0, ...samples.map(({ queue }) => queue)),
    queue_end: rest?.queue ?? null,
    lag_p99_ms: { median: medianOf(lags), max: Math.max(0, ...lags) },
  };
}

type Report = ReturnType<typeof reportOf>;
type Point = Record<'x' | 'y', number>;

/**
 * Returns the reasons why a service has failed, one sentence each; none if it has passed.
 * @param reports one for each process
 * @param errors number of unexpected answers
 */
export function reasonsOf(reports: Report[], errors: number, minutes: number): string[] {
  const reasons = errors > 0 ? [`${errors} requests had no answer, or not the one foreseen.`] : [];
  for (const [index, report] of reports.entries()) {
    const { fds_start, fds_end, queue_end, kept_mb_start, kept_mb_end } = report;
    const name = `process ${index + 1}`;
    if (minutes >= JUDGED_FROM_MINUTES && isGrowing(report))
      reasons.push(
        `The memory of ${name} grew from ${kept_mb_start} to ${kept_mb_end} MB in the second half.`,
      );
    if (fds_start !== null && fds_end !== null && fds_end > fds_start + ALLOWED.moreFds)
      reasons.push(`The open file descriptors of ${name} grew from ${fds_start} to ${fds_end}.`);
    if (queue_end === null) reasons.push(`At the end ${name} served no metrics.`);
    else if (queue_end > 0) reasons.push(`${queue_end} writes of ${name} were left in the queue.`);
  }
  return reasons;
}

function isGrowing({ kept_mb_start: start, kept_mb_end: end, ...report }: Report): boolean {
  const { kept_mb_per_minute: slope, kept_mb_per_minute_error: error } = report;
  if (start === null || end === null || slope === null || error === null) return false;
  return end - start > (start * ALLOWED.growthPercent) / 100 && slope > 2 * error;
}

/** Returns a figure over the time in minutes. */
function pointsOf(samples: Sample[], name: 'rssMb' | 'keptMb'): Point[] {
  return samples.flatMap(({ atMs, [name]: y }) => (y === null ? [] : [{ x: atMs / MINUTE_MS, y }]));
}

/** Returns the smallest value of each segment: the memory right after a garbage collection. */
function floorsOf(points: Point[]): Point[] {
  const size = Math.ceil(points.length / SEGMENTS);
  const segments = Array.from({ length: SEGMENTS }, (_, index) =>
    points.slice(index * size, (index + 1) * size),
  );
  return segments.flatMap((segment) => segment.toSorted((a, b) => a.y - b.y).slice(0, 1));
}

/**
 * Returns the straight line through points by least squares: its ends, its slope and the standard error of the slope; null
 * for less than three points, or points of the same x.
 */
function fitLine(points: Point[]) {
  const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0);
  const [meanX, meanY] = [sum(({ x }) => x) / points.length, sum(({ y }) => y) / points.length];
  const spread = sum(({ x }) => (x - meanX) ** 2);
  if (points.length < 3 || spread === 0) return null;
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / spread;
  const at = (x: number) => meanY + slope * (x - meanX);
  const error = Math.sqrt(sum(({ x, y }) => (y - at(x)) ** 2) / (points.length - 2) / spread);
  const [first = NaN, last = NaN] = [points[0], points.at(-1)].map((point) => rounded(at(point?.x ?? NaN)));
  return { first, last, slope: rounded(slope), error: rounded(error) };
}

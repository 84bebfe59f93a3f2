import { readdirSync, statSync } from 'node:fs';
import { rssMegabytes } from '../cpu.js';
import type { Api } from '../service.js';

const WITHIN_MS = 5000;

/** The figures of a process at one time. */
export type Sample = NonNullable<Awaited<ReturnType<typeof sampleOf>>>;

/**
 * Reads the figures of a process that serves metrics. `rssMb` is its resident memory, `keptMb` the part in use, including
 * garbage, `lagP99Ms` the lag of its event loop since the last sample, `queue` its queued and running writes.
 * @returns undefined if the process does not answer in time; without /proc, the figures from there are null
 */
export async function sampleOf({ pid, metricsPort }: Api) {
  const url = `http://127.0.0.1:${metricsPort}/metrics`;
  const metrics = await fetch(url, { signal: AbortSignal.timeout(WITHIN_MS) })
    .then((response) => response.text())
    .catch(() => undefined);
  if (metrics === undefined) return undefined;
  const rssMb = rssMegabytes(pid);
  const heapMb = (part: string) => valueOf(metrics, `nodejs_heap_size_${part}_bytes`) / 1e6;
  return {
    atMs: Date.now(),
    rssMb,
    keptMb: rssMb && Math.round((rssMb - heapMb('total') + heapMb('used')) * 10) / 10,
    ...descriptorsOf(pid),
    lagP99Ms: Math.round(valueOf(metrics, 'nodejs_eventloop_lag_p99_seconds') * 10_000) / 10,
    queue: valueOf(metrics, 'weapp_passport_database_writes_pending'),
  };
}

/** @param name of a metric without labels, in the text format of Prometheus */
function valueOf(metrics: string, name: string): number {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics) ?? [];
  if (value === undefined) throw new Error(`the metrics do not contain ${name}`);
  // The lag is NaN before the first measurement.
  return Number(value) || 0;
}

/** Returns the numbers of open file descriptors and of sockets among them. */
function descriptorsOf(pid: number): Record<'fds' | 'sockets', number | null> {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => `/proc/${pid}/fd/${fd}`);
    // A descriptor may have been closed in the meantime.
    const isSocket = (link: string) => statSync(link, { throwIfNoEntry: false })?.isSocket();
    return { fds: links.length, sockets: links.filter(isSocket).length };
  } catch {
    return { fds: null, sockets: null };
  }
}

import { readdirSync, statSync } from 'node:fs';
import { rssMegabytes } from '../cpu.js';
import type { Api } from '../service.js';

const WITHIN_MS = 5000;

/** What a process looked like at a moment. */
export type Sample = NonNullable<Awaited<ReturnType<typeof sampleOf>>>;

/**
 * Looks at a process that serves metrics. `rssMb` is its resident memory, `keptMb` the part of it that is in use, garbage
 * included, `lagP99Ms` of its event loop since the sample before, `queue` its writes in the queue or at work.
 * @returns null for figures of /proc, if there is none; undefined if the process does not answer in time
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
  if (value === undefined) throw new Error(`there is no ${name} among the metrics`);
  // Before anything was measured the lag is NaN.
  return Number(value) || 0;
}

/** Open file descriptors, and those of them that are sockets. */
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

import { readdirSync, readlinkSync } from 'node:fs';
import { rssMegabytes } from '../bench/cpu.mjs';

/**
 * What a process looked like at a moment; null where /proc does not tell.
 * @typedef {object} Sample
 * @property {number} atMs epoch milliseconds
 * @property {number | null} rssMb
 * @property {number | null} keptMb the part of it that is in use, garbage included: without the room of the heap that is free
 * @property {number | null} fds open file descriptors
 * @property {number | null} sockets those of them that are sockets
 * @property {number} lagP99Ms of the event loop, since the sample before
 * @property {number} queue writes in line or at work
 */

const WITHIN_MS = 5000;

/**
 * @param {import('../bench/service.mjs').Api} api with metrics
 * @returns {Promise<Sample | undefined>} undefined when the process tells no metrics, or not in time
 */
export async function sampleOf(api) {
  const metrics = await metricsOf(api).catch(() => undefined);
  return metrics === undefined ? undefined : sample(api, metrics);
}

/** @param {import('../bench/service.mjs').Api} api */
async function metricsOf({ metricsPort }) {
  const url = `http://127.0.0.1:${metricsPort}/metrics`;
  const response = await fetch(url, { signal: globalThis.AbortSignal.timeout(WITHIN_MS) });
  return response.text();
}

/**
 * @param {import('../bench/service.mjs').Api} api
 * @param {string} metrics
 * @returns {Sample}
 */
function sample({ pid }, metrics) {
  const rssMb = rssMegabytes(pid);
  const free =
    valueOf(metrics, 'nodejs_heap_size_total_bytes') - valueOf(metrics, 'nodejs_heap_size_used_bytes');
  return {
    atMs: Date.now(),
    rssMb,
    keptMb: rssMb === null ? null : Math.round((rssMb - free / 1e6) * 10) / 10,
    ...descriptorsOf(pid),
    lagP99Ms: Math.round(valueOf(metrics, 'nodejs_eventloop_lag_p99_seconds') * 10_000) / 10,
    queue: valueOf(metrics, 'weapp_passport_database_writes_pending'),
  };
}

/**
 * @param {string} metrics in the text format of Prometheus
 * @param {string} name of one without labels
 */
function valueOf(metrics, name) {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics) ?? [];
  if (value === undefined) throw new Error(`there is no ${name} among the metrics`);
  // Before anything was measured the lag is NaN.
  return Number(value) || 0;
}

/** @param {number} pid */
function descriptorsOf(pid) {
  const folder = `/proc/${pid}/fd`;
  try {
    const targets = readdirSync(folder).map((fd) => targetOf(`${folder}/${fd}`));
    return { fds: targets.length, sockets: targets.filter((target) => target.startsWith('socket:')).length };
  } catch {
    return { fds: null, sockets: null };
  }
}

/** @param {string} link may be closed by now */
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

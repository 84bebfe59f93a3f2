// Proves that the built service holds under hours of everything; `npm run soak -- --help` explains.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Cleanup, cleanUpOnSignals, interrupted } from '../bench/cleanup.mjs';
import { startService } from '../bench/service.mjs';
import { HELP, parseOptions } from './options.mjs';
import { sampleOf } from './samples.mjs';
import { sendTraffic, total } from './traffic.mjs';
import { reasonsOf, reportOf } from './verdict.mjs';

/**
 * @typedef {import('../bench/service.mjs').Service} Service
 * @typedef {import('./samples.mjs').Sample} Sample
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTINGS = { ACCESS_TOKEN_TTL_SECONDS: '60' };
const SAMPLE_EVERY_MS = 2000;
/** For what is still in line when the last request is answered. */
const REST_MS = 2000;

const options = readOptions();
if (options.help) console.log(HELP);
else await soak();

async function soak() {
  cleanUpOnSignals();
  const cleanup = new Cleanup();
  try {
    const { database, instances } = options;
    const setup = { root: ROOT, database, instances, settings: SETTINGS, metrics: true };
    const { service } = await startService(setup, cleanup);
    const line = await observe(service);
    if (interrupted()) return;
    console.log(JSON.stringify(line));
    for (const reason of line.reasons) console.error(reason);
    if (line.reasons.length > 0) process.exitCode = 1;
  } catch (error) {
    if (!interrupted()) console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  } finally {
    await cleanup.close();
  }
}

/** @param {Service} service */
async function observe(service) {
  const { minutes, concurrency, database, instances } = options;
  const startedAt = Date.now();
  const traffic = sendTraffic(service, concurrency, startedAt + minutes * 60_000);
  const samples = await samplesDuring(traffic, service);
  const { requests, errors, problems } = await traffic;
  const seconds = (Date.now() - startedAt) / 1000;
  await sleep(REST_MS);
  const rest = await Promise.all(service.apis.map(sampleOf));
  const processes = rest.map((sample, index) =>
    reportOf(
      samples.flatMap((all) => all[index] ?? []),
      sample,
    ),
  );
  const reasons = reasonsOf(processes, total(errors), seconds / 60);
  const verdict = reasons.length === 0 ? 'holds' : 'does not hold';
  const requests_per_second = Math.round(total(requests) / seconds);
  const run = { scenario: 'soak', database, instances, seconds: Math.round(seconds), requests_per_second };
  return { ...run, requests, errors, problems, processes, verdict, reasons };
}

/**
 * @param {Promise<unknown>} traffic
 * @param {Service} service
 * @returns {Promise<(Sample | undefined)[][]>} one of each instance each time
 */
async function samplesDuring(traffic, service) {
  let isOver = false;
  const over = traffic.finally(() => (isOver = true));
  /** @type {(Sample | undefined)[][]} */
  const samples = [];
  for (;;) {
    await Promise.race([over, sleep(SAMPLE_EVERY_MS)]);
    if (isOver) return samples;
    const sample = await Promise.all(service.apis.map(sampleOf));
    samples.push(sample);
    if (options.samplesFile !== undefined) appendFileSync(options.samplesFile, linesOf(sample));
  }
}

/** @param {(Sample | undefined)[]} samples */
function linesOf(samples) {
  return samples.map((sample, index) => `${JSON.stringify({ process: index + 1, ...sample })}\n`).join('');
}

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

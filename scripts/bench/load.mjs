import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { cpuMicroseconds } from './cpu.mjs';
import { figuresOf } from './figures.mjs';

/**
 * @typedef {import('autocannon').Request} Request
 * @typedef {import('./service.mjs').Api} Api
 */

const CONNECTIONS = 16;
const GIVE_UP_AFTER_ERRORS = 100;
/** What the part before left behind, such as log lines on their way to the disk, is not part of the next one. */
const SETTLE_MS = 200;

/**
 * Sends every request once, untimed.
 * @param {Api} api
 * @param {Request[]} requests at least 16
 * @returns {Promise<string[]>} the bodies of the answers, in the order they came
 * @throws {Error} when one failed: what comes after would measure something else
 */
export async function prepare(api, requests) {
  const { answers, errors, problem = '' } = await send(api, requests);
  if (errors > 0) throw new Error(`${errors} of ${requests.length} preparing requests failed. ${problem}`);
  return answers;
}

/**
 * Sends every request once and measures.
 * @param {Api} api
 * @param {Request[]} requests at least 16
 */
export async function measure(api, requests) {
  await sleep(SETTLE_MS);
  return figuresOf(api, await send(api, requests));
}

/**
 * Sends over 16 connections with one request under way on each.
 * @param {Api} api
 * @param {Request[]} requests
 * @returns {Promise<import('./figures.mjs').Measured & { answers: string[] }>}
 */
async function send(api, requests) {
  /** @type {string[]} */
  const answers = [];
  /** @type {number[]} */
  const latenciesMs = [];
  let connections = 0;
  let startedAt = performance.now();
  let endedAt = 0;
  const cpuBefore = cpuMicroseconds(api.pid);
  let cpuAfter = cpuBefore;
  const end = () => {
    cpuAfter = cpuMicroseconds(api.pid);
    endedAt = performance.now();
  };
  const run = autocannon({
    url: api.url,
    connections: CONNECTIONS,
    amount: requests.length,
    sampleInt: 50,
    bailout: GIVE_UP_AFTER_ERRORS,
    // Requests become bytes here, before the first one is sent: the driver must not be what is measured.
    setupClient: (client) => {
      const connection = connections++;
      client.setRequests(requests.filter((_, index) => index % CONNECTIONS === connection));
    },
    verifyBody: (body) => answers.push(body) > 0,
  });
  run.on('start', () => (startedAt = performance.now()));
  // autocannon itself ends at its next sample and knows latencies in whole milliseconds only.
  run.on('response', (_client, _status, _bytes, latencyMs) => {
    if (latenciesMs.push(latencyMs) === requests.length) end();
  });
  const { errors, non2xx } = await run;
  if (endedAt === 0) end();
  return {
    answers,
    requests: requests.length,
    errors: errors + non2xx,
    problem: answers.find((body) => body.includes('urn:weapp-passport:problem:')),
    latenciesMs,
    wallMs: endedAt - startedAt,
    cpuUs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
  };
}

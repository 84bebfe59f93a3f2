import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { figuresOf } from './figures.mjs';
import { usageOf, usedBetween } from './usage.mjs';

/**
 * @typedef {import('autocannon').Request} Request
 * @typedef {import('./service.mjs').Service} Service
 */

const LEAST_CONNECTIONS = 16;
const GIVE_UP_AFTER_ERRORS = 100;
/** What the part before left behind, such as log lines on their way to the disk, is not part of the next one. */
const SETTLE_MS = 200;

/**
 * Sends every request once, untimed.
 * @param {Service} service
 * @param {Request[]} requests at least as many as connections
 * @returns {Promise<string[]>} the bodies of the answers, in the order they came
 * @throws {Error} when one failed: what comes after would measure something else
 */
export async function prepare(service, requests) {
  const { answers, errors, problem = '' } = await send(service, requests);
  if (errors > 0) throw new Error(`${errors} of ${requests.length} preparing requests failed. ${problem}`);
  return answers;
}

/**
 * Sends every request once to each instance, untimed.
 * @param {Service} service
 * @param {Request[]} requests
 * @throws {Error} as {@link prepare}
 */
export async function prepareEach(service, requests) {
  for (const api of service.apis) await prepare({ ...service, apis: [api] }, requests);
}

/**
 * Sends every request once and measures.
 * @param {Service} service
 * @param {Request[]} requests at least as many as connections
 */
export async function measure(service, requests) {
  await sleep(SETTLE_MS);
  return figuresOf(service, await send(service, requests));
}

/**
 * Sends over 16 connections, or a few more, with one request under way on each.
 * @param {Service} service
 * @param {Request[]} requests
 * @returns {Promise<import('./figures.mjs').Measured & { answers: string[] }>}
 */
async function send(service, requests) {
  /** @type {string[]} */
  const answers = [];
  /** @type {number[]} */
  const latenciesMs = [];
  // As many for each instance; autocannon gives them the addresses in turns.
  const connections = Math.ceil(LEAST_CONNECTIONS / service.apis.length) * service.apis.length;
  let opened = 0;
  let startedAt = performance.now();
  let endedAt = 0;
  const before = usageOf(service);
  let after = before;
  const end = () => {
    endedAt = performance.now();
    after = usageOf(service);
  };
  const run = autocannon({
    url: service.apis.map(({ url }) => url),
    connections,
    amount: requests.length,
    sampleInt: 50,
    bailout: GIVE_UP_AFTER_ERRORS,
    // Requests become bytes here, before the first one is sent: the driver must not be what is measured.
    setupClient: (client) => {
      const connection = opened++;
      client.setRequests(requests.filter((_, index) => index % connections === connection));
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
    used: usedBetween(before, after),
  };
}

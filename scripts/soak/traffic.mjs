import { setTimeout as sleep } from 'node:timers/promises';
import { KeepAlive, bytesOf } from '../bench/keep-alive.mjs';
import { Crowd } from './crowd.mjs';

/**
 * What was sent and what came of it.
 * @typedef {object} Counts
 * @property {Record<string, number>} requests by kind
 * @property {Record<string, number>} errors by kind: no answer, or another one than foreseen
 * @property {string[]} problems the first few of them in words
 */

const PAUSE_MS = 10;
const GIVE_UP_AFTER_ERRORS = 100;
const TOLD_PROBLEMS = 5;

/**
 * Sends mixed requests, each connection to any instance, until the time is over or too much went wrong.
 * @param {import('../bench/service.mjs').Service} service
 * @param {number} connections with one request under way on each
 * @param {number} endsAt epoch milliseconds
 * @returns {Promise<Counts>}
 */
export async function sendTraffic(service, connections, endsAt) {
  /** @type {Counts} */
  const counts = { requests: {}, errors: {}, problems: [] };
  const isOver = () => Date.now() > endsAt || total(counts.errors) >= GIVE_UP_AFTER_ERRORS;
  const crowds = Array.from({ length: connections }, (_, index) => new Crowd(index, connections));
  await Promise.all(crowds.map((crowd) => walk(service, crowd, counts, isOver)));
  return counts;
}

/**
 * The sum of all kinds.
 * @param {Record<string, number>} counts
 */
export function total(counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * @param {import('../bench/service.mjs').Service} service
 * @param {Crowd} crowd
 * @param {Counts} counts
 * @param {() => boolean} isOver
 */
async function walk({ apis }, crowd, counts, isOver) {
  /** @type {Map<number, KeepAlive>} */
  const connections = new Map();
  while (!isOver()) {
    const { kind, request, isExpected } = crowd.next();
    const port = apis[Math.floor(Math.random() * apis.length)]?.port ?? NaN;
    counts.requests[kind] = (counts.requests[kind] ?? 0) + 1;
    try {
      const connection = connections.get(port) ?? (await KeepAlive.open(port));
      connections.set(port, connection);
      const answer = await connection.send(bytesOf(request));
      if (answer.status !== 200 || !isExpected(answer)) note(counts, kind, `${answer.status} ${answer.body}`);
    } catch (error) {
      connections.get(port)?.close();
      connections.delete(port);
      note(counts, kind, /** @type {Error} */ (error).message);
    }
    await sleep(Math.random() * PAUSE_MS);
  }
  for (const connection of connections.values()) connection.close();
}

/**
 * @param {Counts} counts
 * @param {string} kind
 * @param {string} problem
 */
function note({ errors, problems }, kind, problem) {
  errors[kind] = (errors[kind] ?? 0) + 1;
  if (problems.length < TOLD_PROBLEMS) problems.push(`${kind}: ${problem.slice(0, 300)}`);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, bytesOf, KeepAlive } from '../keep-alive.js';
import type { Service } from '../service.js';
import { Crowd } from './crowd.js';

const PAUSE_MS = 10;
const MOST_ERRORS = 100;
const SHOWN_PROBLEMS = 5;

/**
 * Sends mixed requests until the time is over, or too much went wrong.
 * @param crowds how many send, with one request under way each, to any instance
 * @param endsAt epoch milliseconds
 * @returns requests and errors by kind, and the first few of the errors in words
 */
export async function sendTraffic({ apis }: Service, crowds: number, endsAt: number) {
  const requests: Record<string, number> = {};
  const errors: Record<string, number> = {};
  const problems: string[] = [];

  const step = async (crowd: Crowd, connection: KeepAlive) => {
    const { kind, request, isExpected } = crowd.next();
    requests[kind] = (requests[kind] ?? 0) + 1;
    const isGood = (answer: Answer) => answer.status === 200 && isExpected(answer);
    const describe = (answer: Answer) => (isGood(answer) ? '' : `${answer.status} ${answer.body}`);
    const problem = await connection.send(bytesOf(request)).then(describe).catch(String);
    if (problem === '') return;
    errors[kind] = (errors[kind] ?? 0) + 1;
    if (problems.length < SHOWN_PROBLEMS) problems.push(`${kind}: ${problem.slice(0, 300)}`);
  };

  const walk = async (_: unknown, index: number) => {
    const crowd = new Crowd(index, crowds);
    const connections = apis.map(({ port }) => new KeepAlive(port));
    while (Date.now() < endsAt && total(errors) < MOST_ERRORS) {
      const connection = connections[Math.floor(Math.random() * connections.length)];
      if (connection) await step(crowd, connection);
      await sleep(Math.random() * PAUSE_MS);
    }
    for (const connection of connections) connection.close();
  };

  await Promise.all(Array.from({ length: crowds }, walk));
  return { requests, errors, problems };
}

/** Returns the sum of all kinds. */
export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

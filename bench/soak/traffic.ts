import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, bytesOf, KeepAlive } from '../keep-alive.js';
import type { Service } from '../service.js';
import { SimulatedUsers } from './simulated-users.js';

const PAUSE_MS = 10;
const MAX_ERRORS = 100;
const SHOWN_PROBLEMS = 5;

/**
 * Sends mixed requests until `endsAt`, or until too much went wrong.
 * @param groups number of groups of people; each has one running request, to any instance
 * @param endsAt epoch milliseconds
 * @returns requests and errors by kind, and the texts of the first errors
 */
export async function sendTraffic({ apis }: Service, groups: number, endsAt: number) {
  const requests: Record<string, number> = {};
  const errors: Record<string, number> = {};
  const problems: string[] = [];

  const step = async (users: SimulatedUsers, connection: KeepAlive) => {
    const { kind, request, isExpected } = users.next();
    requests[kind] = (requests[kind] ?? 0) + 1;
    const isCorrect = (answer: Answer) => answer.status === 200 && isExpected(answer);
    const describe = (answer: Answer) => (isCorrect(answer) ? '' : `${answer.status} ${answer.body}`);
    const problem = await connection.send(bytesOf(request)).then(describe).catch(String);
    if (problem === '') return;
    errors[kind] = (errors[kind] ?? 0) + 1;
    if (problems.length < SHOWN_PROBLEMS) problems.push(`${kind}: ${problem.slice(0, 300)}`);
  };

  const sendAsGroup = async (_: unknown, index: number) => {
    const users = new SimulatedUsers(index, groups);
    const connections = apis.map(({ port }) => new KeepAlive(port));
    while (Date.now() < endsAt && total(errors) < MAX_ERRORS) {
      const connection = connections[Math.floor(Math.random() * connections.length)];
      if (connection) await step(users, connection);
      await sleep(Math.random() * PAUSE_MS);
    }
    for (const connection of connections) connection.close();
  };

  await Promise.all(Array.from({ length: groups }, sendAsGroup));
  return { requests, errors, problems };
}

/** Returns the sum of all kinds. */
export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

import { performance } from 'node:perf_hooks';
import { cpuMicroseconds } from './cpu.mjs';
import { figuresOf } from './figures.mjs';
import { bytesOf, KeepAlive } from './keep-alive.mjs';

/**
 * Sends all requests of a round in the same moment over connections that stay open, waits for all answers, and again.
 * Latencies count from that moment.
 * @param {import('./service.mjs').Api} api
 * @param {(import('autocannon').Request & { body: string })[][]} rounds of equal size
 * @param {number} warmUpRounds how many of them are not measured
 */
export async function measureBursts(api, rounds, warmUpRounds) {
  const connections = await Promise.all((rounds[0] ?? []).map(() => KeepAlive.open(api.port)));
  const measured = { requests: 0, errors: 0, wallMs: 0, latenciesMs: /** @type {number[]} */ ([]) };
  let cpuBefore = cpuMicroseconds(api.pid);
  for (const [number, round] of rounds.entries()) {
    const requests = round.map(bytesOf);
    if (number === warmUpRounds) cpuBefore = cpuMicroseconds(api.pid);
    const startedAt = performance.now();
    const answers = await Promise.all(requests.map((request, index) => connections[index]?.send(request)));
    if (number < warmUpRounds) continue;
    measured.wallMs += performance.now() - startedAt;
    for (const answer of answers) {
      measured.requests += 1;
      measured.errors += answer?.status === 200 ? 0 : 1;
      measured.latenciesMs.push((answer?.answeredAt ?? NaN) - startedAt);
    }
  }
  const cpuAfter = cpuMicroseconds(api.pid);
  for (const connection of connections) connection.close();
  const cpuUs = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
  return figuresOf(api, { ...measured, cpuUs });
}

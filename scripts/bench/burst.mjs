import { performance } from 'node:perf_hooks';
import { figuresOf } from './figures.mjs';
import { bytesOf, KeepAlive } from './keep-alive.mjs';
import { usageOf, usedBetween } from './usage.mjs';

/**
 * Sends all requests of a round in the same moment over connections that stay open, waits for all answers, and again.
 * Latencies count from that moment.
 * @param {import('./service.mjs').Service} service
 * @param {(import('autocannon').Request & { body: string })[][]} rounds of equal size
 * @param {number} warmUpRounds how many of them are not measured
 */
export async function measureBursts(service, rounds, warmUpRounds) {
  const connections = await Promise.all(
    (rounds[0] ?? []).map((_, index) => KeepAlive.open(portOf(service, index))),
  );
  const measured = { requests: 0, errors: 0, wallMs: 0, latenciesMs: /** @type {number[]} */ ([]) };
  let before = usageOf(service);
  for (const [number, round] of rounds.entries()) {
    const requests = round.map(bytesOf);
    if (number === warmUpRounds) before = usageOf(service);
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
  const used = usedBetween(before, usageOf(service));
  for (const connection of connections) connection.close();
  return figuresOf(service, { ...measured, used });
}

/**
 * The instances in turns.
 * @param {import('./service.mjs').Service} service
 * @param {number} connection
 */
function portOf({ apis }, connection) {
  return apis[connection % apis.length]?.port ?? NaN;
}

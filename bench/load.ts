import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { usageOf, usedBetween } from './cpu.js';
import { type Figures, figuresOf } from './figures.js';
import { bytesOf, KeepAlive } from './keep-alive.js';
import type { Request } from './requests.js';
import type { Service } from './service.js';

const CONNECTIONS = 16;
const MAX_ERRORS = 100;
/** The pause between two parts, in which the service finishes work of the first one, such as writing log lines. */
const SETTLE_MS = 200;

/**
 * Sends every request once, without measuring.
 * @returns the bodies of the answers, in the order in which they came
 * @throws {Error} if a request failed, because the next scenario would measure something else
 */
export async function prepare(service: Service, requests: Request[]): Promise<string[]> {
  const { answers, errors, problem } = await send(service, await connect(service, CONNECTIONS), [requests]);
  if (errors > 0)
    throw new Error(`${errors} of ${requests.length} requests of the preparation failed. ${problem}`);
  return answers.map(({ body }) => body);
}

/** Sends every request once and measures. */
export async function measure(
  service: Service,
  requests: Request[],
  connections = CONNECTIONS,
): Promise<Figures> {
  await sleep(SETTLE_MS);
  return figuresOf(service, await send(service, await connect(service, connections), [requests]));
}

/**
 * Sends all requests of a round at the same time, waits for all answers, and continues with the next round. All rounds have the
 * same size. Latencies count from the start of the round. Does not measure the rounds of the warm-up.
 */
export async function measureBursts(
  service: Service,
  warmUp: Request[][],
  rounds: Request[][],
): Promise<Figures> {
  const connections = await connect(service, rounds[0]?.length ?? 0);
  for (const round of warmUp) await exchange(connections, round.map(bytesOf));
  return figuresOf(service, await send(service, connections, rounds));
}

/** Opens at least `least` connections, the same number to each instance. */
async function connect({ apis }: Service, least: number): Promise<KeepAlive[]> {
  const each = Array.from({ length: Math.ceil(least / apis.length) });
  const connections = each.flatMap(() => apis.map(({ port }) => new KeepAlive(port)));
  await Promise.all(connections.map((connection) => connection.open()));
  return connections;
}

/** Sends round after round, then closes the connections. */
async function send(service: Service, connections: KeepAlive[], rounds: Request[][]) {
  // All requests are serialised before the first one is sent, so that the measurement does not include it.
  const bytes = rounds.map((requests) => requests.map(bytesOf));
  const before = usageOf(service);
  const answers = [];
  let wallMs = 0;
  for (const requests of bytes) {
    const startedAt = performance.now();
    answers.push(...(await exchange(connections, requests)));
    wallMs += performance.now() - startedAt;
  }
  const used = usedBetween(before, usageOf(service));
  for (const connection of connections) connection.close();
  const failed = answers.filter(({ status }) => status !== 200);
  const counts = { requests: rounds.flat().length, errors: failed.length, problem: failed[0]?.body };
  return { ...counts, answers, latenciesMs: answers.map(({ latencyMs }) => latencyMs), wallMs, used };
}

/** Distributes requests over connections, one at a time on each. Stops early if too many fail. */
async function exchange(connections: KeepAlive[], requests: Buffer[]) {
  const startedAt = performance.now();
  const answers: { status: number; body: string; latencyMs: number }[] = [];
  let errors = 0;
  const sendShare = async (connection: KeepAlive, first: number) => {
    let sentAt = startedAt;
    for (let index = first; index < requests.length && errors < MAX_ERRORS; index += connections.length) {
      const failed = (error: unknown) => ({ status: 0, body: String(error), answeredAt: performance.now() });
      const { status, body, answeredAt } = await connection
        .send(requests[index] ?? Buffer.of())
        .catch(failed);
      if (status !== 200) errors += 1;
      answers.push({ status, body, latencyMs: answeredAt - sentAt });
      sentAt = answeredAt;
    }
  };
  await Promise.all(connections.map(sendShare));
  return answers;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import type { LoginBody } from '../support/stack.js';

const AT_ONCE = 8;
const KILL_WITHIN_MS = 40;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string; gen: number };

/**
 * Kills the service at a random moment of parallel refreshes, again and again, and holds after each restart: the client
 * can go on with what it has, and there is one live branch of its session.
 * @returns what happened, for the record
 */
export async function killDuringRefresh(
  cycles: number,
  stack: { env: NodeJS.ProcessEnv; databaseUrl: string; loggedIn: () => Promise<LoginBody> },
): Promise<{ cycles: number; answered: number; lostAfterCommit: number }> {
  let { refresh } = await stack.loggedIn();
  const figures = { cycles, answered: 0, lostAfterCommit: 0 };
  let instance = await Instance.start(stack.env);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const before = claimsOf(refresh);
    const received = await refreshUntilKilled(instance, refresh);
    const [row] = await rows<{ generation: number; revoked_at: number | null }>(
      stack.databaseUrl,
      `SELECT generation, revoked_at FROM sessions WHERE id = '${before.sid}'`,
    );

    // One branch: whoever got an answer got the same child, and it is the row's.
    expect(row?.revoked_at).toBeNull();
    expect([before.gen, before.gen + 1]).toContain(row?.generation);
    for (const token of received) expect(claimsOf(token).gen).toBe(before.gen + 1);
    if (received.length > 0)
      expect(row?.generation, 'an acknowledged rotation is there').toBe(before.gen + 1);
    figures.answered += received.length;
    if (received.length === 0 && row?.generation === before.gen + 1) figures.lostAfterCommit += 1;

    // The client goes on with the newest it has, whether an answer reached it or not.
    instance = await Instance.start(stack.env);
    refresh = await refreshAt(instance, received.at(-1) ?? refresh);
  }
  await instance.stop();
  return figures;
}

async function refreshUntilKilled(instance: Instance, refresh: string): Promise<string[]> {
  const settled = Promise.allSettled(Array.from({ length: AT_ONCE }, () => refreshAt(instance, refresh)));
  await sleep(Math.random() * KILL_WITHIN_MS);
  await instance.stop('SIGKILL');
  return (await settled).flatMap((result) => {
    if (result.status === 'fulfilled') return [result.value];
    // A broken connection is what a kill does; a wrong status is not.
    if (result.reason instanceof TypeError) return [];
    throw result.reason;
  });
}

/** A refresh that must succeed, if it is answered. */
async function refreshAt({ url }: Instance, refresh: string): Promise<string> {
  const { status, body } = await call<{ refresh: string }>(`${url}/api/token/refresh/`, {
    json: { refresh },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.refresh;
}

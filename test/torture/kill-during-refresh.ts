import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { execute, rows } from '../support/rows.js';
import type { LoginBody } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';

const AT_ONCE = 8;
const KILL_WITHIN_MS = 40;

/** Longer than any grace: if the service was killed between commit and answer, the retry is late. */
const AWAY_MS = 3_600_000;

/**
 * Kills the service repeatedly at a random moment of parallel refreshes. After each restart the client refreshes with the
 * token it has, within the grace and in every second cycle an hour later, and its session has one live branch. No reuse of
 * a token is recorded.
 * @returns the counts, for the report
 */
export async function killDuringRefresh(
  cycles: number,
  stack: { env: NodeJS.ProcessEnv; databaseUrl: string; loggedIn: () => Promise<LoginBody> },
): Promise<{ cycles: number; answered: number; lostAfterCommit: number; lateRetries: number }> {
  let { refresh } = await stack.loggedIn();
  const { sid } = claimsOf(refresh);
  const figures = { cycles, answered: 0, lostAfterCommit: 0, lateRetries: 0 };
  let instance = await Instance.start(stack.env);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const before = claimsOf(refresh);
    const received = await refreshUntilKilled(instance, refresh);
    const [row] = await rows<{ generation: number; revoked_at: number | null }>(
      stack.databaseUrl,
      `SELECT generation, revoked_at FROM sessions WHERE id = '${sid}'`,
    );

    // One branch: every answered call got the same generation, which is that of the row.
    expect(row?.revoked_at).toBeNull();
    expect([before.gen, before.gen + 1]).toContain(row?.generation);
    for (const token of received) expect(claimsOf(token).gen).toBe(before.gen + 1);
    if (received.length > 0)
      expect(row?.generation, 'an acknowledged rotation is there').toBe(before.gen + 1);
    figures.answered += received.length;
    const isLost = received.length === 0 && row?.generation === before.gen + 1;
    if (isLost) figures.lostAfterCommit += 1;
    const isLate = cycle % 2 === 1;
    if (isLate)
      await execute(
        stack.databaseUrl,
        `UPDATE sessions SET rotated_at = rotated_at - ${AWAY_MS} WHERE id = '${sid}'`,
      );
    if (isLost && isLate) figures.lateRetries += 1;

    // The client uses the newest token it has, whether it got an answer or not.
    instance = await Instance.start(stack.env);
    refresh = await refreshAt(instance, received.at(-1) ?? refresh);
  }
  await instance.stop();
  const reused = `SELECT id FROM auth_events WHERE kind = 'refresh_token_reused' AND session_id = '${sid}'`;
  expect(await rows(stack.databaseUrl, reused)).toEqual([]);
  return figures;
}

async function refreshUntilKilled(instance: Instance, refresh: string): Promise<string[]> {
  const settled = Promise.allSettled(Array.from({ length: AT_ONCE }, () => refreshAt(instance, refresh)));
  await sleep(Math.random() * KILL_WITHIN_MS);
  await instance.stop('SIGKILL');
  return (await settled).flatMap((result) => {
    if (result.status === 'fulfilled') return [result.value];
    // A kill breaks connections; it causes no other status.
    if (result.reason instanceof TypeError) return [];
    throw result.reason;
  });
}

/** Refreshes, and fails the test if the answer is an error. */
async function refreshAt({ url }: Instance, refresh: string): Promise<string> {
  const { status, body } = await call<{ refresh: string }>(`${url}/api/token/refresh/`, {
    json: { refresh },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.refresh;
}

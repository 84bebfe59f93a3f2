import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { CleanupService } from '../../libs/auth/src/sessions/cleanup/cleanup.service.js';
import { Config } from '../../libs/config/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { execute, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { timePasses } from '../sessions/time-passes.js';
import { decode } from '../tokens/forge.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('the clean-up', () => {
  const stack = useStack();
  beforeEach(async () => {
    await stack.service(AuthEventsService).flush();
    await execute(stack.databaseUrl, 'DELETE FROM sessions');
    await execute(stack.databaseUrl, 'DELETE FROM auth_events');
    while (await cleanUp()) {
      // To the end of the walk, so that the next one begins with the first row.
    }
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const cleanUp = () => stack.service(CleanupService).runOnce();
  const sweepAll = async () => {
    while (await cleanUp());
  };
  const count = async (table: string) => (await rows(stack.databaseUrl, `SELECT id FROM ${table}`)).length;

  /** Rows that differ in their end only, given relative to now. */
  const insertSessions = (
    device: string,
    howMany: number,
    expiresInMs: number,
    revokedAgoMs?: number,
    reason?: string,
  ) => {
    const now = Date.now();
    const text = reason === undefined ? 'NULL' : `'${reason}'`;
    const values = Array.from(
      { length: howMany },
      () =>
        `('${randomUUID()}', 'u', 'i', 'wx', 0, ${now}, ${now}, ${now}, ${now + expiresInMs}, ` +
        `${revokedAgoMs === undefined ? 'NULL' : now - revokedAgoMs}, ${text}, '${device}')`,
    );
    return execute(
      stack.databaseUrl,
      'INSERT INTO sessions (id, user_id, identity_id, appid, generation, rotated_at, created_at, last_used_at, ' +
        `expires_at, revoked_at, revoked_reason, device) VALUES ${values.join()}`,
    );
  };
  const insertEvents = (kind: string, howMany: number, ageMs: number) => {
    const at = Date.now() - ageMs;
    const values = Array.from({ length: howMany }, () => `('${v7({ msecs: at })}', ${at}, '${kind}')`);
    return execute(stack.databaseUrl, `INSERT INTO auth_events (id, at, kind) VALUES ${values.join()}`);
  };

  it('removes sessions a day and an access token’s life after their end, and no others', async () => {
    const margin = DAY_MS + 300_000;
    await insertSessions('live', 3, 30 * DAY_MS);
    await insertSessions('expired of late', 3, MINUTE_MS - margin);
    await insertSessions('revoked of late', 3, 30 * DAY_MS, margin - MINUTE_MS);
    await insertSessions('expired', 3, -MINUTE_MS - margin);
    await insertSessions('revoked', 3, 30 * DAY_MS, margin + MINUTE_MS);
    await insertSessions('revoked and expired', 3, -MINUTE_MS - margin, margin + MINUTE_MS);
    await sweepAll();
    const left = await rows<{ device: string }>(stack.databaseUrl, 'SELECT DISTINCT device FROM sessions');
    expect(left.map(({ device }) => device).sort()).toEqual(['expired of late', 'live', 'revoked of late']);
    expect(await count('sessions')).toBe(9);
  });

  it('leaves a session that its user ended until it would have expired, so that its phone gets the reason', async () => {
    const margin = DAY_MS + 300_000;
    await insertSessions('ended by user', 2, MINUTE_MS - margin, 20 * DAY_MS, 'ended_by_user');
    await insertSessions('ended by user, expired', 2, -MINUTE_MS - margin, 20 * DAY_MS, 'ended_by_user');
    await insertSessions('logged out', 2, 10 * DAY_MS, margin + MINUTE_MS, 'logout');
    await sweepAll();
    const left = await rows<{ device: string }>(stack.databaseUrl, 'SELECT DISTINCT device FROM sessions');
    expect(left).toEqual([{ device: 'ended by user' }]);
  });

  it('removes counts older than 90 days, an hour in each step', async () => {
    const hour = Math.floor(Date.now() / 3_600_000);
    const insert = (hoursAgo: number, kind: string) =>
      execute(
        stack.databaseUrl,
        `INSERT INTO hourly_counts (hour, appid, kind, code, count) VALUES (${hour - hoursAgo}, 'wx', '${kind}', '', 1)`,
      );
    await execute(stack.databaseUrl, 'DELETE FROM hourly_counts');
    for (const hoursAgo of [0, 90 * 24 - 1, 90 * 24 + 1, 90 * 24 + 2])
      for (const kind of ['login', 'new_user']) await insert(hoursAgo, kind);
    expect([await cleanUp(), await cleanUp(), await cleanUp()]).toEqual([true, true, false]);
    const left = await rows<{ hour: number }>(stack.databaseUrl, 'SELECT DISTINCT hour FROM hourly_counts');
    expect(left.map((row) => hour - row.hour).sort((a, b) => a - b)).toEqual([0, 90 * 24 - 1]);
  });

  it('checks 500 sessions in a step, and starts again after the last', async () => {
    await insertSessions('expired', 1200, -3 * DAY_MS);
    const left = [];
    for (let step = 0; step < 4; step += 1) left.push([await cleanUp(), await count('sessions')]);
    expect(left).toEqual([
      [true, 700],
      [true, 200],
      [true, 0],
      [false, 0],
    ]);
    await insertSessions('expired', 1, -3 * DAY_MS);
    expect(await cleanUp()).toBe(true);
    expect(await count('sessions')).toBe(0);
  });

  it('reaches dead sessions behind many live ones', async () => {
    await insertSessions('live', 1500, DAY_MS);
    await insertSessions('expired', 10, -3 * DAY_MS);
    await sweepAll();
    expect(await count('sessions')).toBe(1500);
  });

  it('makes no token of a revoked session valid again, nor after a theft', async () => {
    const login = await stack.loggedIn();
    const { body } = await stack.refresh(login.refresh);
    const { sid } = decode(login.refresh.split('.')[1]) as { sid: string };
    await execute(
      stack.databaseUrl,
      `UPDATE sessions SET revoked_at = ${Date.now() - 3 * DAY_MS} WHERE id = '${sid}'`,
    );
    await sweepAll();
    expect(await count('sessions')).toBe(0);
    for (const refresh of [body.refresh, login.refresh]) {
      const answer = await stack.refresh<{ code: string }>(refresh);
      expect([answer.status, answer.body.code]).toEqual([401, 'refresh_token_invalid']);
    }
    expect(await count('sessions')).toBe(0);
  });

  it('makes no token of an expired session valid again', async () => {
    const login: LoginBody = await stack.loggedIn();
    await timePasses(stack.databaseUrl, login.refresh, 32 * DAY_MS);
    await sweepAll();
    expect(await count('sessions')).toBe(0);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 32 * DAY_MS });
    const answer = await stack.refresh<{ code: string }>(login.refresh);
    expect([answer.status, answer.body.code]).toEqual([401, 'refresh_token_expired']);
  });

  it('removes events after 183 days by default, 500 in a step', async () => {
    await insertEvents('old', 700, 183 * DAY_MS + MINUTE_MS);
    await insertEvents('young', 700, 183 * DAY_MS - MINUTE_MS);
    expect(await cleanUp()).toBe(true);
    expect(await count('auth_events')).toBe(900);
    await sweepAll();
    const left = await rows<{ kind: string }>(stack.databaseUrl, 'SELECT DISTINCT kind FROM auth_events');
    expect([left, await count('auth_events')]).toEqual([[{ kind: 'young' }], 700]);
  });

  it('may run on two instances at the same time', async () => {
    const other = new CleanupService(stack.service(Database), stack.service(Config));
    await insertSessions('expired', 1200, -3 * DAY_MS);
    await insertSessions('live', 10, DAY_MS);
    for (let step = 0; step < 4; step += 1) await Promise.all([cleanUp(), other.runOnce()]);
    expect(await count('sessions')).toBe(10);
  });

  it('runs by itself, and continues after a failed step', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const cleanup = new CleanupService(stack.service(Database), stack.service(Config));
    await insertSessions('expired', 1, -3 * DAY_MS);
    await execute(stack.databaseUrl, 'ALTER TABLE auth_events RENAME TO elsewhere');
    const untilTrue = async (test: () => Promise<boolean>) => {
      for (let tries = 0; tries < 100 && !(await test()); tries += 1) {
        vi.advanceTimersByTime(60_000);
        await sleep(20);
      }
      expect(await test()).toBe(true);
    };
    cleanup.onApplicationBootstrap();
    await untilTrue(() =>
      Promise.resolve(stack.logs.some((line) => line.includes('a step of the clean-up'))),
    );
    expect(await count('sessions')).toBe(1);
    await execute(stack.databaseUrl, 'ALTER TABLE elsewhere RENAME TO auth_events');
    await untilTrue(async () => (await count('sessions')) === 0);
    cleanup.onApplicationShutdown();
  });
});

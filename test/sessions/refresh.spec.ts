import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { claimsOf, decode, forgeRefreshToken } from '../tokens/forge.js';
import { timePasses } from './time-passes.js';

const DAY_MS = 86_400_000;

describe('refresh', () => {
  const stack = useStack({ SESSION_TTL_SECONDS: String(180 * 86_400) });
  /** Refreshes, and fails the test unless the answer is 200. */
  const refreshed = async (token: string): Promise<LoginBody> => {
    const { status, body } = await stack.refresh(token);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const refused = async (token: string) => {
    const { status, body } = await stack.refresh<{ code: string }>(token);
    return [status, body.code];
  };
  const sessionRow = async (token: string) =>
    (await rows(stack.databaseUrl, `SELECT * FROM sessions WHERE id = '${claimsOf(token).sid}'`))[0];

  it('returns a new pair for the same session and user, with Cache-Control: no-store', async () => {
    const login = await stack.loggedIn();
    const answer = await stack.refresh(login.refresh);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(answer.body).sort()).toEqual(
      ['access', 'expires_in', 'refresh', 'refresh_expires_in', 'token_type'].sort(),
    );
    const [before, after] = [claimsOf(login.refresh), claimsOf(answer.body.refresh)];
    expect(after).toMatchObject({ sid: before.sid, sub: before.sub, gen: 1 });
    expect(await stack.knock(answer.body.access)).toEqual([200, 'Authenticated.']);
  });

  it('rotates 127 times in a row', async () => {
    let { refresh } = await stack.loggedIn();
    for (let count = 1; count <= 127; count += 1) {
      ({ refresh } = await refreshed(refresh));
      expect(claimsOf(refresh).gen).toBe(count);
    }
  });

  it('answers twenty concurrent requests with one token with one generation, and rotates once', async () => {
    const { refresh } = await stack.loggedIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => stack.refresh(refresh)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => claimsOf(body.refresh).gen))).toEqual(new Set([1]));
    expect(await sessionRow(refresh)).toMatchObject({ generation: 1, revoked_at: null });
    // All twenty tokens are valid: they are of the same generation.
    await refreshed(answers[7]?.body.refresh ?? '');
  });

  it('answers the parent within the grace with the current generation, any number of times', async () => {
    const { refresh: parent } = await stack.loggedIn();
    const child = await refreshed(parent);
    for (let count = 0; count < 3; count += 1) {
      expect(claimsOf((await refreshed(parent)).refresh).gen).toBe(1);
    }
    expect(claimsOf((await refreshed(child.refresh)).refresh).gen).toBe(2);
  });

  it('survives an answer that was cut off after the rotation', async () => {
    const { refresh } = await stack.loggedIn();
    const { hostname, port } = new URL(stack.url);
    const body = JSON.stringify({ refresh });
    const socket = connect(Number(port), hostname);
    socket.end(
      `POST /api/token/refresh/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    // The client disconnects before it can read; the rotation happens anyway.
    await expect.poll(async () => (await sessionRow(refresh))?.['generation']).toBe(1);
    socket.destroy();
    expect(claimsOf((await refreshed(refresh)).refresh).gen).toBe(1);
  });

  it('revokes the session at the token before the parent, even within the grace', async () => {
    const { refresh: grandparent } = await stack.loggedIn();
    const parent = await refreshed(grandparent);
    await refreshed(parent.refresh);
    expect(await refused(grandparent)).toEqual([401, 'refresh_token_reused']);
  });

  it('revokes the session when the first of five tokens comes back, immediately and within the grace', async () => {
    const chain = [await stack.loggedIn()];
    for (let count = 0; count < 5; count += 1) chain.push(await refreshed(chain.at(-1)?.refresh ?? ''));
    expect(await refused(chain[0]?.refresh ?? '')).toEqual([401, 'refresh_token_reused']);
    for (const { access, refresh } of chain) {
      expect(await refused(refresh)).toEqual([401, 'refresh_token_invalid']);
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
    }
  });

  it('does not end other sessions of the user when one is stolen', async () => {
    const [stolen, other] = [await stack.loggedIn('two-phones'), await stack.loggedIn('two-phones')];
    const second = await refreshed(stolen.refresh);
    await refreshed(second.refresh);
    expect(await refused(stolen.refresh)).toEqual([401, 'refresh_token_reused']);
    await refreshed(other.refresh);
  });

  it('refuses a generation newer than the row, and revokes nothing', async () => {
    const { refresh } = await stack.loggedIn();
    const newer = await refreshed((await refreshed(refresh)).refresh);
    const { sid } = claimsOf(refresh);
    // As after a restored backup of the time of the login.
    await execute(stack.databaseUrl, `UPDATE sessions SET generation = 0 WHERE id = '${sid}'`);
    expect(await refused(newer.refresh)).toEqual([401, 'refresh_token_invalid']);
    expect(await sessionRow(refresh)).toMatchObject({ generation: 0, revoked_at: null });
  });

  it('refreshes for the user of the row and ignores the sub of the token', async () => {
    const [mine, victim] = [await stack.loggedIn('mine'), await stack.loggedIn('victim')];
    const forged = forgeRefreshToken({ ...claimsOf(mine.refresh), sub: victim.user_id });
    expect(claimsOf((await refreshed(forged)).access).sub).toBe(mine.user_id);
  });

  it('moves the idle end, but never beyond the absolute end', async () => {
    let { refresh } = await stack.loggedIn();
    for (let day = 25; day <= 175; day += 25) {
      await timePasses(stack.databaseUrl, refresh, 25 * DAY_MS);
      const body = await refreshed(refresh);
      const lifeDays = Math.min(30, 180 - day);
      expect(body.refresh_expires_in / 86_400).toBeCloseTo(lifeDays, 2);
      refresh = body.refresh;
    }
    await timePasses(stack.databaseUrl, refresh, 5 * DAY_MS + 1000);
    expect(await refused(refresh)).toEqual([401, 'refresh_token_expired']);
  });

  it('issues no access token that outlives its session', async () => {
    const { refresh } = await stack.loggedIn();
    const endsIn = (seconds: number) =>
      `UPDATE sessions SET created_at = ${Date.now() - 180 * DAY_MS + seconds * 1000} WHERE id = '${claimsOf(refresh).sid}'`;
    await execute(stack.databaseUrl, endsIn(100));
    const last = await refreshed(refresh);
    expect([last.expires_in, last.refresh_expires_in].every((seconds) => seconds <= 100)).toBe(true);
    expect(decode(last.access.split('.')[1])['exp']).toBeLessThanOrEqual(Date.now() / 1000 + 100);
    await execute(stack.databaseUrl, endsIn(-1));
    expect(await refused(last.refresh)).toEqual([401, 'refresh_token_expired']);
  });

  it('answers refresh_token_expired after 30 days without use', async () => {
    const { refresh } = await stack.loggedIn();
    await timePasses(stack.databaseUrl, refresh, 30 * DAY_MS - 60_000);
    const { refresh: next } = await refreshed(refresh);
    await timePasses(stack.databaseUrl, next, 30 * DAY_MS + 1000);
    expect(await refused(next)).toEqual([401, 'refresh_token_expired']);
  });

  it('rejects any text that is no refresh token of this service', async () => {
    const { access, refresh } = await stack.loggedIn();
    const [head, payload, signature] = refresh.split('.') as [string, string, string];
    const claims = decode(payload);
    const bad = [
      access,
      'x',
      'a.b.c',
      `${head}.${payload}.`,
      `${head}.${payload}.${signature.slice(0, -2)}AA`,
      `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`,
      forgeRefreshToken({ ...claims, token_type: 'access' }),
      forgeRefreshToken({ ...claims, iss: 'https://elsewhere.example' }),
      forgeRefreshToken({ ...claims, aud: 'elsewhere' }),
      forgeRefreshToken({ ...claims, exp: undefined }),
      forgeRefreshToken({ ...claims, gen: '0' }),
      forgeRefreshToken({ ...claims, sid: 1 }),
      forgeRefreshToken({ ...claims, sid: 'unknown' }),
      forgeRefreshToken([claims]),
    ];
    for (const token of bad) expect(await refused(token), token).toEqual([401, 'refresh_token_invalid']);
    await refreshed(refresh);
  });

  it.each<object>([{}, { refresh: '' }, { refresh: 1 }, { refresh: ['x'] }, { refresh: 'x'.repeat(4097) }])(
    'rejects a body without a valid member refresh: %j',
    async (json) => {
      const answer = await stack.call('/api/token/refresh/', { json });
      expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
    },
  );

  it('refuses a disabled user without a change, and works after the user is enabled again', async () => {
    const { refresh, user_id } = await stack.loggedIn('disabled');
    await stack.users.disable(user_id);
    expect(await refused(refresh)).toEqual([403, 'user_disabled']);
    expect(await sessionRow(refresh)).toMatchObject({ generation: 0, revoked_at: null });
    await stack.users.enable(user_id);
    await refreshed(refresh);
  });

  it('stores no token in the database', async () => {
    const { refresh } = await refreshed((await stack.loggedIn()).refresh);
    const everything = JSON.stringify(await rows(stack.databaseUrl, 'SELECT * FROM sessions'));
    expect(everything).not.toContain(refresh.split('.')[2]);
  });
});

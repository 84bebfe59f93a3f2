import { decodeJwt } from 'jose';
import sqlite3 from 'sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { SqliteStatement } from '../../libs/database/src/sqlite/sqlite-statement.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { databaseKind } from '../support/database.js';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const OWN = ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'token_type'];

/** Returns the SQL of all statements that run on SQLite meanwhile, those of timers included. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const prepared = vi.spyOn(SqliteStatement.prototype, 'run');
  const others = (['all', 'run'] as const).map((name) => vi.spyOn(sqlite3.Database.prototype, name));
  try {
    await work();
    return [
      ...(prepared.mock.contexts as unknown as { sql: string }[]).map(({ sql }) => sql),
      ...others.flatMap(({ mock }) => mock.calls.map(([sql]) => sql)),
    ];
  } finally {
    vi.restoreAllMocks();
  }
}

describe('the access tokens of a user with custom claims', () => {
  const stack = useStack();
  const set = (id: string, claims: unknown) => stack.service(CustomClaimsService).replace(id, claims);
  /** Returns the claims of a token that are not the service's own. */
  const customOf = (token: string) =>
    Object.fromEntries(Object.entries(decodeJwt(token)).filter(([name]) => !OWN.includes(name)));
  const refreshed = async (refresh: string) =>
    (await stack.call<LoginBody>('/api/token/refresh/', { json: { refresh } })).body;

  it('have the claims from the next refresh and the next login on', async () => {
    const { access, refresh, user_id: id } = await stack.loggedIn();
    expect(customOf(access)).toEqual({});
    expect(await set(id, { role: 'editor', teams: [1, 2] })).toBe(true);
    const next = await refreshed(refresh);
    expect(customOf(next.access)).toEqual({ role: 'editor', teams: [1, 2] });
    expect(customOf((await stack.loggedIn()).access)).toEqual({ role: 'editor', teams: [1, 2] });
    await set(id, {});
    expect(customOf((await refreshed(next.refresh)).access)).toEqual({});
  });

  it('have the claims in the first login through another mini-program too', async () => {
    const { user_id: id } = await stack.loggedIn('wang');
    await set(id, { role: 'editor' });
    const other = await stack.loggedIn('wang', 'wxsandbox000000002');
    expect([other.user_id, customOf(other.access)]).toEqual([id, { role: 'editor' }]);
  });

  it('have the claims again if a refresh is repeated', async () => {
    const { refresh, user_id: id } = await stack.loggedIn();
    await refreshed(refresh);
    await set(id, { role: 'editor' });
    expect(customOf((await refreshed(refresh)).access)).toEqual({ role: 'editor' });
  });

  it('are accepted with 2 KiB of claims', async () => {
    const { user_id: id } = await stack.loggedIn();
    await set(id, { a: 'x'.repeat(2048 - '{"a":""}'.length) });
    const { access } = await stack.loggedIn();
    expect(access.length).toBeLessThan(4096);
    expect((await stack.knock(access))[0]).toBe(200);
    expect((await stack.call('/api/token/verify/', { json: { token: access } })).status).toBe(200);
    // An instance that has not issued the token.
    await stack.restart();
    expect((await stack.knock(access))[0]).toBe(200);
  });

  it('have no claim of another user, and the refresh tokens have none', async () => {
    const { refresh, user_id: id } = await stack.loggedIn();
    await set(id, { role: 'admin' });
    expect(customOf((await stack.loggedIn('mallory')).access)).toEqual({});
    expect(decodeJwt(refresh)).not.toHaveProperty('role');
    expect(decodeJwt((await refreshed(refresh)).refresh)).not.toHaveProperty('role');
  });

  it('leave an audit event without the claims for each change, and none for a refused one', async () => {
    const { user_id: id } = await stack.loggedIn('yang');
    await set(id, { role: 'secret-role' });
    await expect(set(id, { sub: 'x' })).rejects.toMatchObject({ code: 'claim_reserved' });
    const sql = `SELECT * FROM auth_events WHERE kind = 'claims_changed' AND user_id = '${id}'`;
    const events = await rows(stack.databaseUrl, sql);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('secret-role');
  });

  if (databaseKind === 'sqlite') {
    it('are read by the statement of a login and of a refresh that reads whether the user is disabled', async () => {
      const { user_id: id, access, refresh } = await stack.loggedIn('zhou');
      await set(id, { role: 'editor' });
      for (const [work, times] of [
        [() => stack.loggedIn('zhou'), 1],
        [() => refreshed(refresh), 1],
        [() => stack.knock(access), 0],
      ] as const) {
        const read = (await statementsOf(work)).filter((sql) => sql.includes('custom_claims'));
        expect(read).toHaveLength(times);
        for (const sql of read) expect(sql).toMatch(/^SELECT .*disabled_at/);
      }
    });
  }
});

describe('the custom claims of merged users', () => {
  const stack = useStack();

  it('are those of the user who remains', async () => {
    const claims = stack.service(CustomClaimsService);
    const mine = await stack.loggedIn('mine');
    const other = await stack.loggedIn('other', 'wxsandbox000000002');
    await claims.replace(mine.user_id, { role: 'editor' });
    await claims.replace(other.user_id, { role: 'admin', extra: 1 });
    const json = {
      keep: 'other',
      code: await stack.code('other', 'wxsandbox000000002'),
      appid: 'wxsandbox000000002',
    };
    expect((await stack.call('/api/me/merge', { token: mine.access, json })).status).toBe(200);
    expect(await claims.find(mine.user_id)).toEqual({ role: 'editor' });
    const { access } = await stack.loggedIn('other', 'wxsandbox000000002');
    expect(decodeJwt(access)).toMatchObject({ sub: mine.user_id, role: 'editor' });
    expect(decodeJwt(access)).not.toHaveProperty('extra');
    expect(await claims.replace(other.user_id, { role: 'admin' })).toBe(false);
  });
});

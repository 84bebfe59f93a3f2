import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { ServiceAccountsService } from '../../libs/admin/src/index.js';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { call } from '../support/http.js';
import { useInstance } from '../support/instance.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { adminCaller, adminUrlOf, APPID, createAccount, serviceToken } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
type Events = { items: { id: string; kind: string; user_id: string | null }[]; next_cursor?: string };

describe('the audit log of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });

  it('lists events newest first, page by page, by user and kind, without those of users of other apps', async () => {
    const { user_id } = await stack.loggedIn('listed');
    const other = (await stack.loggedIn('other', OTHER_APPID)).user_id;
    for (const id of [user_id, other]) await stack.users.disable(id);
    await stack.service(AuthEventsService).flush();
    const { ask } = await adminCaller(stack, { scopes: ['audit:read'] });
    const page = async (query: string) => (await ask<Events>(`/events?${query}`)).body;
    const all = (await page('limit=100')).items;
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(JSON.stringify(all)).not.toContain(other);
    const own = await page(`user_id=${user_id}`);
    expect(own.items.map(({ kind }) => kind)).toEqual(['user_disabled', 'login']);
    expect((await page(`user_id=${user_id}&kind=login`)).items).toHaveLength(1);
    const paged: string[] = [];
    for (let cursor: string | undefined = 'ffffffff-ffff-ffff-ffff-ffffffffffff'; cursor !== undefined;) {
      const { items, next_cursor }: Events = await page(`limit=1&cursor=${cursor}`);
      paged.push(...items.map(({ id }) => id));
      cursor = next_cursor;
    }
    expect(paged).toEqual(all.map(({ id }) => id));
    for (const query of ['user_id=x', 'kind=A', 'cursor=x', 'limit=1000'])
      expect((await ask(`/events?${query}`)).status, query).toBe(400);
  });

  it('counts people and the events of the last hour', async () => {
    await stack.loggedIn('counted');
    await stack.service(AuthEventsService).flush();
    const { ask } = await adminCaller(stack, { scopes: ['audit:read'] });
    const [{ people } = { people: 0 }] = await rows<{ people: number }>(
      stack.databaseUrl,
      `SELECT COUNT(*) AS people FROM weixin_identities WHERE appid = '${APPID}'`,
    );
    const { body } = await ask<{ apps: object[]; events_last_hour: Record<string, number> }>('/stats');
    expect(body.apps).toEqual([{ appid: APPID, identities: people }]);
    expect(body.events_last_hour['login']).toBeGreaterThan(0);
  });
});

describe('the signing keys of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });

  it('rotate once the next key was published long enough, as an event with its actor', async () => {
    const { ask, clientId } = await adminCaller(stack, { scopes: ['keys:write'] });
    type Keys = { items: { id: string; state: string }[] };
    const before = (await ask<Keys>('/keys')).body.items;
    expect(before.map(({ state }) => state).sort()).toEqual(['current', 'next']);
    expect(JSON.stringify(before)).not.toContain('"d"');
    const early = await ask('/keys/rotate', { method: 'POST' });
    expect([early.status, early.body['code']]).toEqual([409, 'key_rotation_too_early']);
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);
    await execute(stack.databaseUrl, 'UPDATE signing_keys SET created_at = created_at - 600000');
    const { items } = (await ask<Keys>('/keys/rotate', { method: 'POST' })).body;
    const next = before.find(({ state }) => state === 'next')?.id;
    expect(items.find(({ state }) => state === 'current')?.id).toBe(next);
    const sql = `SELECT kind FROM auth_events WHERE actor = '${clientId}'`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([{ kind: 'signing_keys_rotated' }]);
  });

  it('that have leaked are dropped with all their tokens, once for each call that names one', async () => {
    const { ask, clientId } = await adminCaller(stack, { scopes: ['keys:write'] });
    type Keys = { items: { id: string; state: string }[]; code?: string };
    const { access } = await stack.loggedIn('leaked');
    const before = (await ask<Keys>('/keys')).body.items;
    const idOf = (state: string) => before.find((key) => key.state === state)?.id ?? '';
    const drop = (kid: string) => ask<Keys>(`/keys/${kid}/compromised`, { method: 'POST' });
    for (const kid of [idOf('next'), 'unknown', '%00'])
      expect((await drop(kid)).body.code, kid).toBe('signing_key_not_found');
    const { status, body } = await drop(idOf('current'));
    expect([status, body.items.find(({ state }) => state === 'current')?.id]).toEqual([200, idOf('next')]);
    expect(body.items.map(({ state }) => state).sort()).toEqual(['current', 'next']);
    expect((await drop(idOf('current'))).status).toBe(404);
    await expect.poll(async () => (await stack.knock(access))[0], { timeout: 4000 }).toBe(401);
    const sql = `SELECT kind, detail FROM auth_events WHERE actor = '${clientId}'`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([
      { kind: 'signing_keys_rotated', detail: 'compromised' },
    ]);
  });
});

describe('the shared access_token of WeChat', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  it('is the same until it is refused, and only the current one is dropped', async () => {
    const { ask, clientId } = await adminCaller(stack, { scopes: ['weixin:token'] });
    const path = `/weixin/${APPID}/access-token`;
    type Token = { access_token: string; expires_in: number };
    const read = async () => (await ask<Token>(path)).body;
    const refused = async (token: string) =>
      (await ask(`${path}/refused`, { json: { sha256: sha256(token) } })).body['dropped'];
    const { access_token: token, expires_in } = await read();
    expect(expires_in).toBeGreaterThan(60);
    expect(expires_in).toBeLessThanOrEqual(7200);
    expect((await read()).access_token).toBe(token);
    expect(await refused('another')).toBe(false);
    expect((await read()).access_token).toBe(token);
    const stored = () =>
      rows(stack.databaseUrl, 'SELECT appid FROM weixin_access_tokens WHERE token IS NOT NULL');
    expect(await stored()).toHaveLength(1);
    expect(await refused(token)).toBe(true);
    expect(await stored()).toEqual([]);
    expect(await refused(token)).toBe(false);
    const sql = `SELECT kind, appid FROM auth_events WHERE actor = '${clientId}' ORDER BY id`;
    const revealed = { kind: 'weixin_token_revealed', appid: APPID };
    expect(await rows(stack.databaseUrl, sql)).toEqual([
      ...[revealed, revealed, revealed],
      { kind: 'weixin_token_refused', appid: APPID },
    ]);
    expect(stack.logs.join('')).not.toContain(token);
    for (const json of [{}, { sha256: 'x' }, { sha256: token }])
      expect((await ask(`${path}/refused`, { json })).status).toBe(400);
  });
});

describe('a revoked account', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const instance = useInstance(() => stack.env);

  it('is refused within two seconds by another instance, its tokens too', async () => {
    const account = await createAccount(stack, { scopes: ['users:read'] });
    const token = await serviceToken(stack, account);
    const url = `${adminUrlOf({ logs: [instance.output] })}/api/admin/users`;
    const answer = async () => {
      const { status, body } = await call(url, { token });
      return [status, body['code']];
    };
    expect(await answer()).toEqual([200, undefined]);
    await stack.service(ServiceAccountsService).revoke({ id: account.clientId });
    await vi.waitFor(async () => {
      expect(await answer()).toEqual([401, 'token_revoked']);
    }, 2000);
  });
});

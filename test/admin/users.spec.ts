import { describe, expect, it, vi } from 'vitest';
import { UserPhonesService } from '../../libs/users/src/index.js';
import type { Answer } from '../support/http.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { usePeople } from '../unions/people.js';
import { adminCaller, APPID } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
const PHONE = '+8613812345678';
type List = { items: { id: string; nickname: string | null }[]; next_cursor?: string };

describe('the users of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const eventsOf = (actor: string) =>
    rows(
      stack.databaseUrl,
      `SELECT kind, user_id, detail FROM auth_events WHERE actor = '${actor}' ORDER BY id`,
    );
  const named = async (person: string, nickname: string, appid?: string) => {
    const { access, user_id } = await stack.loggedIn(person, appid);
    await stack.call('/api/me', { method: 'PUT', token: access, json: { nickname } });
    return user_id;
  };

  it('are listed in the order of their ids, page by page, those of the apps of the account only', async () => {
    const ids: string[] = [];
    for (const person of ['a', 'b', 'c', 'd', 'e'])
      ids.push((await stack.loggedIn(`page ${person}`)).user_id);
    const elsewhere = (await stack.loggedIn('page elsewhere', OTHER_APPID)).user_id;
    const { ask } = await adminCaller(stack, { scopes: ['users:read'] });
    const found: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 9; pages += 1) {
      const { body }: Answer<List> = await ask<List>(`/users?limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(found).toEqual([...ids].sort());
    const both = await adminCaller(stack, { scopes: ['users:read'], appids: [APPID, OTHER_APPID] });
    const all = (await both.ask<List>('/users')).body;
    expect([all.items.map(({ id }) => id), all.next_cursor]).toEqual([[...ids, elsewhere].sort(), undefined]);
  });

  it('are found by the beginning of an id, then by that of a nickname, in the case as it is', async () => {
    const ids: string[] = [];
    for (const name of ['小明', '小红', '小', 'Shanghai', '明小', '0100aaaa', '%', '_'])
      ids.push(await named(`nick ${name}`, name));
    await named('nick elsewhere', '小明二', OTHER_APPID);
    const { ask } = await adminCaller(stack, { scopes: ['users:read'] });
    const find = async (q: string, limit = 100) => {
      const names: (string | null)[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const url: string = `/users?q=${encodeURIComponent(q)}&limit=${limit}${next && `&cursor=${next}`}`;
        const { body, status }: Answer<List> = await ask<List>(url);
        expect(status).toBe(200);
        names.push(...body.items.map(({ nickname }) => nickname));
        next = body.next_cursor;
      }
      return names;
    };
    for (const limit of [1, 2, 100]) expect(await find('小', limit)).toEqual(['小', '小明', '小红']);
    await named('nick accent', 'Zoe\u0301');
    for (const spelling of ['Zoe\u0301', 'Zo\u00e9']) expect(await find(spelling)).toEqual(['Zo\u00e9']);
    expect(await find('s')).toEqual([]);
    expect(await find('%')).toEqual(['%']);
    expect(await find('_')).toEqual(['_']);
    expect(await find('0100aaaa')).toEqual(['0100aaaa']);
    expect(await find(String(ids[0]))).toEqual(['小明']);
    expect(await find(String(ids[0]).slice(0, 8), 1)).toContain('小明');
  });

  it('name the other users of the same person, those of the apps of the account only', async () => {
    const { one, two } = await usePeople(stack).inConflict('twice');
    const offersOf = async (appids: string[], { user_id }: { user_id: string }) => {
      const { ask } = await adminCaller(stack, { scopes: ['users:read'], appids });
      return (await ask(`/users/${user_id}`)).body['merge_offers'];
    };
    expect(await offersOf([APPID, OTHER_APPID], one)).toEqual([two.user_id]);
    expect(await offersOf([APPID, OTHER_APPID], two)).toEqual([one.user_id]);
    expect(await offersOf([APPID], one)).toEqual([]);
    await stack.call('/api/me/merge', { method: 'POST', token: one.access, json: { keep: 'mine' } });
    expect(await offersOf([APPID, OTHER_APPID], one)).toEqual([]);
  });

  it('have phone numbers masked and no openid; a wrong query is refused', async () => {
    const { user_id, access } = await stack.loggedIn('masked');
    const { ask } = await adminCaller(stack, { scopes: ['users:read'] });
    const { body } = await ask(`/users/${user_id}`);
    expect(body).toEqual({
      id: user_id,
      nickname: null,
      avatar_url: null,
      phone: null,
      appids: [APPID],
      created_at: expect.stringMatching(/Z$/) as string,
      state: 'active',
      disabled_at: null,
      disabled_until: null,
      merged_into: null,
      deletes_at: null,
      document_bytes: 0,
      merge_offers: [],
    });
    const items = ['小'];
    await stack.call('/api/weixin/data/', { token: access, json: { items } });
    const stored = Buffer.byteLength(JSON.stringify({ items }));
    expect((await ask(`/users/${user_id}`)).body['document_bytes']).toBe(stored);
    const forged = [
      { by: 'id', id: 'x\0' },
      { by: 'nickname', nickname: '\0', id: user_id },
      { by: 'disabled', at: '1', id: user_id },
      { by: 'disabled', at: 1, id: user_id },
    ].map((cursor) => `cursor=${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`);
    const wrong = [
      'cursor=x',
      'limit=0',
      'limit=101',
      'limit=x',
      'q=',
      'q=%00',
      'x=1',
      `q=${'x'.repeat(65)}`,
      'state=',
      'state=merged',
    ];
    for (const query of [...wrong, ...forged])
      expect((await ask(`/users?${query}`)).body['code'], query).toBe('validation_failed');
  });

  it('are found by openid, unionid and full phone number, each search an event with its actor', async () => {
    const { user_id } = await stack.loggedIn('searched');
    await execute(
      stack.databaseUrl,
      `INSERT INTO user_phones (user_id, quota_day, quota_used) VALUES ('${user_id}', 0, 0)`,
    );
    await stack.service(UserPhonesService).bind(user_id, PHONE);
    const [identity] = await rows<{ openid: string; unionid: string }>(
      stack.databaseUrl,
      `SELECT openid, unionid FROM weixin_identities WHERE user_id = '${user_id}'`,
    );
    const scopes = ['users:read', 'identities:read', 'phones:read'] as const;
    const { ask, clientId } = await adminCaller(stack, { scopes });
    const found = async (json: object) => {
      const { body } = await ask<List>('/users/search', { json });
      return body.items.map(({ id }) => id);
    };
    for (const key of [{ openid: identity?.openid }, { unionid: identity?.unionid }, { phone: PHONE }])
      expect(await found(key)).toEqual([user_id]);
    expect(await found({ openid: identity?.openid.toLowerCase() })).toEqual([]);
    expect((await ask<{ phone: string }>(`/users/${user_id}`)).body.phone).toBe('138****5678');
    expect((await ask(`/users/${user_id}/phone`)).body).toEqual({ phone: PHONE });
    expect((await ask(`/users/${user_id}/identities`)).body).toEqual({
      items: [{ appid: APPID, ...identity }],
    });
    expect(await eventsOf(clientId)).toEqual([
      ...['openid', 'unionid', 'phone'].map((detail) => ({ kind: 'user_searched', user_id, detail })),
      { kind: 'user_searched', user_id: null, detail: 'openid' },
      { kind: 'phone_revealed', user_id, detail: null },
      { kind: 'identities_revealed', user_id, detail: null },
    ]);
    const wrong = [{ phone: '138' }, { openid: '' }, { openid: 'x\0' }, { unionid: 'x\0' }, { x: 1 }];
    for (const json of [{}, { openid: 'x', unionid: 'y' }, ...wrong])
      expect((await ask('/users/search', { json })).status).toBe(400);
    expect(stack.logs.join('')).not.toContain(identity?.openid);
  });

  it('are disabled until a time, and enabled again by it without a job', async () => {
    const { user_id, access, refresh } = await stack.loggedIn('until');
    const { ask, clientId } = await adminCaller(stack, { scopes: ['users:read', 'users:write'] });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const disabled = await ask(`/users/${user_id}/disable`, { json: { reason: 'spam', until } });
    expect(disabled.body).toMatchObject({ state: 'disabled', disabled_until: until });
    await expect.poll(() => stack.knock(access), { timeout: 4000 }).toEqual([403, 'user_disabled']);
    expect((await stack.refresh<{ code: string }>(refresh)).body.code).toBe('user_disabled');
    expect((await stack.login({ code: await stack.code('until') })).status).toBe(403);
    // The hour has passed.
    await execute(stack.databaseUrl, `UPDATE users SET disabled_until = 1 WHERE id = '${user_id}'`);
    await expect.poll(async () => (await stack.knock(access))[0], { timeout: 4000 }).toBe(200);
    expect((await stack.refresh(refresh)).status).toBe(200);
    await stack.loggedIn('until');
    expect((await ask(`/users/${user_id}`)).body).toMatchObject({ state: 'active', disabled_at: null });
    await ask(`/users/${user_id}/disable`, { method: 'POST' });
    await ask(`/users/${user_id}/enable`, { method: 'POST' });
    expect(await eventsOf(clientId)).toEqual([
      { kind: 'user_disabled', user_id, detail: 'spam' },
      { kind: 'user_disabled', user_id, detail: null },
      { kind: 'user_enabled', user_id, detail: null },
    ]);
    for (const wrong of ['2020-01-01T00:00:00Z', '2099-01-01', '2099-13-01T00:00:00Z', 'x', 1])
      expect((await ask(`/users/${user_id}/disable`, { json: { until: wrong } })).status).toBe(400);
  });

  it('lose their sessions to the operator, those of the apps of the account only', async () => {
    const one = await stack.loggedIn('ended');
    const two = await stack.loggedIn('ended');
    const { ask, clientId } = await adminCaller(stack, { scopes: ['users:write'] });
    type Sessions = { items: { id: string; appid: string }[] };
    const { body } = await ask<Sessions>(`/users/${one.user_id}/sessions`);
    expect(body.items.map(({ appid }) => appid)).toEqual([APPID, APPID]);
    expect(body.items[0]).not.toHaveProperty('current');
    const path = `/users/${one.user_id}/sessions/${body.items[1]?.id ?? ''}`;
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path, { method: 'DELETE' })).body['code']).toBe('session_not_found');
    expect(await stack.knock(one.access)).toEqual([401, 'token_revoked']);
    const { body: refused } = await stack.refresh<Record<string, unknown>>(one.refresh);
    expect(refused).toMatchObject({ code: 'refresh_token_revoked', ended_by: 'operator' });
    expect((await stack.knock(two.access))[0]).toBe(200);
    expect((await ask(`/users/${one.user_id}/sessions`, { method: 'DELETE' })).status).toBe(204);
    expect(await stack.knock(two.access)).toEqual([401, 'token_revoked']);
    const ended = { kind: 'session_ended', user_id: one.user_id, detail: null };
    expect(await eventsOf(clientId)).toEqual([ended, ended]);
  });

  it('get claims, which the next access token has', async () => {
    const { user_id, refresh } = await stack.loggedIn('claims');
    const { ask } = await adminCaller(stack, { scopes: ['claims:write'] });
    const path = `/users/${user_id}/claims`;
    const json = { claims: { role: 'editor' } };
    expect((await ask(path, { method: 'PUT', json })).body).toEqual(json);
    expect((await ask(path)).body).toEqual(json);
    const { access } = (await stack.refresh(refresh)).body;
    const payload = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ role: 'editor' });
    for (const [claims, code] of [
      [{ sub: 'x' }, 'claim_reserved'],
      [{ a: 'x'.repeat(2100) }, 'claims_invalid'],
      [[], 'validation_failed'],
      ['x', 'validation_failed'],
    ] as const)
      expect((await ask(path, { method: 'PUT', json: { claims } })).body['code']).toBe(code);
  });

  it('are visible after a merge under the id of the other user, and found by the old id', async () => {
    const { user_id: from } = await stack.loggedIn('merged from');
    const { user_id: into } = await stack.loggedIn('merged into');
    await execute(stack.databaseUrl, `UPDATE users SET merged_into = '${into}' WHERE id = '${from}'`);
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET user_id = '${into}' WHERE user_id = '${from}'`,
    );
    const { ask } = await adminCaller(stack, { scopes: ['users:read', 'identities:read'] });
    expect((await ask(`/users/${from}`)).body).toMatchObject({ state: 'merged', merged_into: into });
    expect((await ask(`/users/${from}/identities`)).body['code']).toBe('user_not_found');
    await vi.waitFor(async () => {
      expect((await ask<List>(`/users/${into}/identities`)).body.items).toHaveLength(2);
    });
  });
});

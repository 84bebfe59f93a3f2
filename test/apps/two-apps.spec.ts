import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';

const APPS = ['wxsandbox000000001', 'wxsandbox000000002'] as const;

describe.each(APPS)('the chain through %s', (appid) => {
  const stack = useStack();
  const other = APPS.find((app) => app !== appid) ?? '';
  const login = async (user: string) =>
    (await stack.login({ code: await stack.code(user, appid), appid })).body;

  it('turns a code into a user and tokens of this app', async () => {
    const first = await login('alice');
    expect(first.is_new_user).toBe(true);
    expect(decode(first.access.split('.')[1])).toMatchObject({ sub: first.user_id, client_id: appid });
    const second = await login('alice');
    expect([second.user_id, second.is_new_user]).toEqual([first.user_id, false]);
  });

  it('refreshes a session with tokens of the same app', async () => {
    const { refresh, user_id } = await login('bob');
    const next = await stack.refresh(refresh);
    expect(next.status).toBe(200);
    expect(decode(next.body.access.split('.')[1])).toMatchObject({ sub: user_id, client_id: appid });
    expect(await stack.knock(next.body.access)).toEqual([200, 'Authenticated.']);
  });

  it('stores the user’s document', async () => {
    const { access } = await login('carol');
    const items = [{ id: 1, content: appid, checked: false }];
    const saved = await stack.call('/api/weixin/data/', { token: access, json: { items } });
    expect([saved.status, saved.body['code']]).toEqual([200, 'post ok']);
    const { access: again } = await login('carol');
    expect((await stack.call('/api/weixin/data/', { token: again })).body['items']).toEqual(items);
  });

  it('refuses a code of the other app', async () => {
    const answer = await stack.login<{ code: string }>({ code: await stack.code('dave', other), appid });
    expect([answer.status, answer.body.code]).toEqual([401, 'login_code_invalid']);
  });

  it('revokes a session and its tokens after a logout', async () => {
    const { access, refresh } = await login('erin');
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
  });

  it('records the app with every session', async () => {
    const { user_id } = await login('frank');
    const sessions = await rows(stack.databaseUrl, `SELECT appid FROM sessions WHERE user_id = '${user_id}'`);
    expect(sessions).toEqual([{ appid }]);
  });
});

describe('two apps that are bound to no Open Platform account', () => {
  const stack = useStack();
  const login = async (appid: string) =>
    (await stack.login({ code: await stack.code('alice', appid), appid })).body;

  it('have one user for each (appid, openid), because no unionid joins them', async () => {
    for (const appid of APPS)
      await call(`${String(stack.env['WEIXIN_API_BASE_URL'])}/sandbox/apps`, {
        method: 'PUT',
        json: { appid, unbound: true },
      });
    const [first, second] = [await login(APPS[0]), await login(APPS[1])];
    expect([first.is_new_user, second.is_new_user]).toEqual([true, true]);
    expect(first.user_id).not.toBe(second.user_id);
    expect((await login(APPS[0])).user_id).toBe(first.user_id);
    expect((await login(APPS[1])).user_id).toBe(second.user_id);
  });
});

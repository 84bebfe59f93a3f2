import { beforeEach, describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { execute, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';
import { eventsOf } from './events.js';

const FROM = { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'MicroMessenger/8.0' };
const SEEN = { ip: '203.0.113.0', user_agent: 'MicroMessenger/8.0' };
const APPID = 'wxsandbox000000001';

const sidOf = (token: string) => (decode(token.split('.')[1]) as { sid: string }).sid;

describe('auth events', () => {
  const stack = useStack({ TRUST_PROXY_HOPS: '1', REFRESH_REUSE_GRACE_SECONDS: '0' });
  beforeEach(async () => {
    await eventsOf(stack);
    await execute(stack.databaseUrl, 'DELETE FROM auth_events');
  });

  const post = (path: string, json: object) => stack.call<LoginBody>(path, { json, headers: FROM });
  const logIn = async (user: string): Promise<LoginBody> =>
    (await post('/api/weixin/login/', { code: await stack.code(user) })).body;

  it('have the user, the session, the app, the network and the user agent of a login', async () => {
    const before = Date.now();
    const { user_id, access } = await logIn('alice');
    const [event, ...others] = await eventsOf(stack);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: 'login',
      user_id,
      session_id: sidOf(access),
      appid: APPID,
      detail: null,
      ...SEEN,
    });
    expect(event?.at).toBeGreaterThanOrEqual(before);
    expect(event?.at).toBeLessThanOrEqual(Date.now());
  });

  it('have the problem code of a refused login', async () => {
    await post('/api/weixin/login/', { code: 'wrong' });
    await stack.breakWeixin('status', { status: 500 });
    await post('/api/weixin/login/', { code: await stack.code(), appid: 'wxsandbox000000002' });
    const anonymous = { kind: 'login_refused', user_id: null, session_id: null, ...SEEN };
    expect(await eventsOf(stack)).toMatchObject([
      { ...anonymous, appid: APPID, detail: 'login_code_invalid' },
      { ...anonymous, appid: 'wxsandbox000000002', detail: 'weixin_unavailable' },
    ]);
  });

  it('have no appid that the service does not serve, because it can be any text', async () => {
    await post('/api/weixin/login/', { code: 'code', appid: 'a-code-in-the-wrong-place' });
    expect(await eventsOf(stack)).toMatchObject([{ detail: 'app_unknown', appid: null }]);
  });

  it('include the refused login of a disabled user', async () => {
    const { user_id } = await logIn('disabled');
    await stack.users.disable(user_id);
    await logIn('disabled');
    expect((await eventsOf(stack)).slice(1)).toMatchObject([
      { kind: 'user_disabled', user_id },
      { kind: 'login_refused', detail: 'user_disabled' },
    ]);
  });

  it('do not include a body that is no login', async () => {
    await post('/api/weixin/login/', { code: '' });
    await post('/api/weixin/login/', { code: 'x', openid: 'x' });
    expect(await eventsOf(stack)).toEqual([]);
  });

  it('include a reused refresh token once', async () => {
    const { user_id, refresh } = await logIn('stolen');
    const { body } = await post('/api/token/refresh/', { refresh });
    await post('/api/token/refresh/', { refresh: body.refresh });
    await post('/api/token/refresh/', { refresh });
    await post('/api/token/refresh/', { refresh });
    expect((await eventsOf(stack)).slice(1)).toMatchObject([
      { kind: 'refresh_token_reused', user_id, session_id: sidOf(refresh), appid: APPID, ...SEEN },
    ]);
  });

  it('include a logout once', async () => {
    const { user_id, refresh } = await logIn('leaving');
    await post('/api/token/blacklist/', { refresh });
    await post('/api/token/blacklist/', { refresh });
    await post('/api/token/blacklist/', { refresh: 'nonsense' });
    expect((await eventsOf(stack)).slice(1)).toMatchObject([
      { kind: 'logout', user_id, session_id: sidOf(refresh), appid: APPID, ...SEEN },
    ]);
  });

  it('include every session that the user ends, and no session of another user', async () => {
    const [here, first, second, third] = [
      await logIn('owner'),
      await logIn('owner'),
      await logIn('owner'),
      await logIn('owner'),
    ];
    const stranger = await logIn('stranger');
    const end = (id: string) =>
      stack.call(`/api/sessions${id}`, { method: 'DELETE', token: here.access, headers: FROM });
    expect((await end(`/${sidOf(stranger.access)}`)).status).toBe(404);
    expect((await end(`/${sidOf(first.access)}`)).status).toBe(204);
    expect((await end('')).status).toBe(204);
    const ended = (await eventsOf(stack)).slice(5);
    const expected = { kind: 'session_ended', user_id: here.user_id, appid: APPID, ...SEEN };
    expect(ended).toMatchObject([expected, expected, expected]);
    expect(ended[0]?.session_id).toBe(sidOf(first.access));
    expect(ended.slice(1).map(({ session_id }) => session_id)).toEqual(
      expect.arrayContaining([sidOf(second.access), sidOf(third.access)]),
    );
  });

  it('include users whom an operator disables and enables', async () => {
    const events = stack.service(AuthEventsService);
    events.record({ kind: 'user_disabled', userId: 'u-1', detail: 'command line' });
    events.record({ kind: 'user_enabled', userId: 'u-1' });
    expect(await eventsOf(stack)).toMatchObject([
      { kind: 'user_disabled', user_id: 'u-1', detail: 'command line', ip: null, user_agent: null },
      { kind: 'user_enabled', user_id: 'u-1', detail: null },
    ]);
  });

  it('have no token, no code, no openid and no full address', async () => {
    const code = await stack.code('secretive');
    const { body } = await post('/api/weixin/login/', { code });
    await post('/api/weixin/login/', { code });
    await post('/api/token/blacklist/', { refresh: body.refresh });
    const text = JSON.stringify(await eventsOf(stack));
    const identities = await rows<{ openid: string }>(
      stack.databaseUrl,
      'SELECT openid FROM weixin_identities',
    );
    expect(identities.length).toBeGreaterThan(0);
    for (const secret of [
      code,
      body.access,
      body.refresh,
      '203.0.113.77',
      ...identities.map((row) => row.openid),
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('are written within two seconds', async () => {
    await logIn('patient');
    await expect
      .poll(() => rows(stack.databaseUrl, 'SELECT id FROM auth_events'), { timeout: 3000 })
      .toHaveLength(1);
  });

  it('are all written before the service stops', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => logIn(`late-${index}`)));
    await stack.restart();
    expect(await rows(stack.databaseUrl, 'SELECT id FROM auth_events')).toHaveLength(50);
  });
});

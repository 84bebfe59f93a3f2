import { describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

describe('login', () => {
  const stack = useStack();

  it('exchanges a code for a user and tokens that open the guarded data', async () => {
    const login = await stack.login({ code: await stack.code('first') });
    expect(login.status).toBe(200);
    expect(login.headers.get('cache-control')).toBe('no-store');
    expect(login.body).toEqual({
      code: 'success',
      access: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      refresh: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      token_type: 'Bearer',
      expires_in: 300,
      refresh_expires_in: 30 * 86_400,
      user_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      is_new_user: true,
    });
    const data = await stack.call('/api/weixin/data/', { token: login.body.access });
    expect([data.status, data.body]).toEqual([200, { code: 'Authenticated.', items: [] }]);
  });

  it('finds the user of a person again and answers is_new_user once', async () => {
    const first = await stack.loggedIn('bob');
    const second = await stack.loggedIn('bob');
    expect([first.is_new_user, second.is_new_user]).toEqual([true, false]);
    expect(second.user_id).toBe(first.user_id);
  });

  it('creates two users for two people', async () => {
    const [carol, dave] = [await stack.loggedIn('carol'), await stack.loggedIn('dave')];
    expect(carol.user_id).not.toBe(dave.user_id);
  });

  it('creates two users for openids that differ in case only', async () => {
    const answers = [];
    for (const openid of ['oAbCdEfGhIjKlMnOpQrStUvWxYz12', 'oabcdefghijklmnopqrstuvwxyz12']) {
      await stack.breakWeixin('body', { body: { openid, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } });
      answers.push(await stack.login({ code: 'any' }));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body.user_id).not.toBe(answers[1]?.body.user_id);
  });

  it('creates two users for the same openid of two mini-programs', async () => {
    const openid = 'oSameStringInTwoPrograms0001';
    await stack.breakWeixin('body', { body: { openid, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } });
    const first = await stack.login({ code: 'any', appid: 'wxsandbox000000001' });
    const second = await stack.login({ code: 'any', appid: 'wxsandbox000000002' });
    expect(first.body.user_id).not.toBe(second.body.user_id);
  });

  it('logs in through the app of `appid`, and refuses an unknown app', async () => {
    const appid = 'wxsandbox000000002';
    const ok = await stack.login({ code: await stack.code('erin', appid), appid });
    expect(ok.status).toBe(200);
    const before = await stack.exchanges();
    const unknown = await stack.login({ code: await stack.code('erin'), appid: 'wx0000000000000000' });
    expect([unknown.status, unknown.body]).toMatchObject([400, { code: 'app_unknown' }]);
    expect(await stack.exchanges()).toBe(before);
  });

  it('accepts the mock code of devtools only from the sandbox', async () => {
    const mock = await stack.login({ code: 'the code is a mock one' });
    expect(mock.status).toBe(200);
    await stack.breakWeixin('errcode', { errcode: 40029 });
    const refused = await stack.login({ code: 'the code is a mock one' });
    expect([refused.status, refused.body]).toMatchObject([401, { code: 'login_code_invalid' }]);
  });

  it('finds the right user for openids that differ in case only', async () => {
    const answers = [];
    for (const openid of ['oCaseSensitive00000000000001', 'ocaseSensitive00000000000001']) {
      await stack.breakWeixin('body', { body: { openid, session_key: 'AAAAAAAAAAAAAAAAAAAAAA==' } });
      answers.push((await stack.login({ code: 'any' })).body);
    }
    expect(answers.map(({ is_new_user }) => is_new_user)).toEqual([true, true]);
    expect(answers[0]?.user_id).not.toBe(answers[1]?.user_id);
  });

  it('stores one session per login, and none for a failed login', async () => {
    const { user_id } = await stack.loggedIn('frank');
    await stack.loggedIn('frank');
    await stack.login({ code: 'wrong' });
    const sessions = await rows(stack.databaseUrl, `SELECT * FROM sessions WHERE user_id = '${user_id}'`);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ generation: 0, revoked_at: null, appid: 'wxsandbox000000001' });
  });

  it('replaces the session of the same device id', async () => {
    const device = { id: 'phone-1', name: 'iPhone 17' };
    const { body } = await stack.login({ code: await stack.code('grace'), device });
    await stack.login({ code: await stack.code('grace'), device });
    await stack.login({ code: await stack.code('grace'), device: { id: 'phone-2' } });
    const sessions = await rows(
      stack.databaseUrl,
      `SELECT device_id, device, revoked_reason FROM sessions WHERE user_id = '${body.user_id}' ORDER BY id`,
    );
    expect(sessions).toMatchObject([
      { device_id: 'phone-1', device: 'iPhone 17', revoked_reason: 'replaced' },
      { device_id: 'phone-1', device: 'iPhone 17', revoked_reason: null },
      { device_id: 'phone-2', revoked_reason: null },
    ]);
  });

  it('ends the oldest session beyond 20', async () => {
    const logins = [];
    for (let count = 0; count < 22; count += 1) logins.push(await stack.loggedIn('heidi'));
    const sessions = await rows(
      stack.databaseUrl,
      `SELECT revoked_reason FROM sessions WHERE user_id = '${logins[0]?.user_id ?? ''}' ORDER BY created_at, id`,
    );
    const reasons = sessions.map((row) => row['revoked_reason']);
    expect(reasons.slice(0, 2)).toEqual(['too_many_sessions', 'too_many_sessions']);
    expect(reasons.slice(2)).toEqual(Array(20).fill(null));
  });

  it('finds users, sessions and the signing key after a restart', async () => {
    const before = await stack.loggedIn('ivan');
    await stack.restart();
    expect((await stack.call('/api/weixin/data/', { token: before.access })).status).toBe(200);
    expect((await stack.loggedIn('ivan')).user_id).toBe(before.user_id);
  });
});

import { describe, expect, it } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';

interface Listed {
  id: string;
  device: string | null;
  ip: string | null;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  current: boolean;
  appid: string;
}

describe('sessions', () => {
  const stack = useStack({ MAX_SESSIONS_PER_USER: '5' });
  const list = async (token: string) => {
    const { status, body } = await stack.call<{ sessions: Listed[] }>('/api/sessions', { token });
    expect(status).toBe(200);
    return body.sessions;
  };
  const loginOn = async (user: string, device: { id: string; name?: string }): Promise<LoginBody> =>
    (await stack.login({ code: await stack.code(user), device })).body;
  const remove = (path: string, token: string) =>
    stack.call(path, {
      method: 'DELETE',
      token,
      // As wx.request sends a DELETE: a JSON content type and an empty body.
      headers: { 'content-type': 'application/json' },
    });

  it('lists sessions with device, masked address and times, and marks the current one', async () => {
    await loginOn('alice', { id: 'old-phone', name: '旧手机' });
    const { access } = await loginOn('alice', { id: 'new-phone', name: 'iPhone 17' });
    const sessions = await list(access);
    expect(sessions.map(({ device, current }) => ({ device, current }))).toEqual([
      { device: 'iPhone 17', current: true },
      { device: '旧手机', current: false },
    ]);
    expect(sessions[0]).toMatchObject({ ip: '127.0.0.0', appid: 'wxsandbox000000001' });
    for (const name of ['created_at', 'last_used_at', 'expires_at'] as const) {
      expect(sessions[0]?.[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });

  it('lists the User-Agent if the client names no device', async () => {
    const answer = await stack.call<LoginBody>('/api/weixin/login/', {
      json: { code: await stack.code('ua') },
      headers: { 'user-agent': 'MicroMessenger/8.0' },
    });
    expect((await list(answer.body.access))[0]?.device).toBe('MicroMessenger/8.0');
  });

  it('ends one session, its access and refresh tokens immediately', async () => {
    const [mine, other] = [await loginOn('bob', { id: 'a' }), await loginOn('bob', { id: 'b' })];
    const id = (await list(mine.access)).find(({ current }) => !current)?.id ?? '';
    expect((await remove(`/api/sessions/${id}`, mine.access)).status).toBe(204);
    expect(await stack.knock(other.access)).toEqual([401, 'token_revoked']);
    expect((await stack.refresh(other.refresh)).status).toBe(401);
    expect(await stack.knock(mine.access)).toEqual([200, 'Authenticated.']);
    const again = await remove(`/api/sessions/${id}`, mine.access);
    expect([again.status, again.body['code']]).toEqual([404, 'session_not_found']);
  });

  it('ends all sessions except the current one', async () => {
    const others = [await loginOn('carol', { id: 'a' }), await loginOn('carol', { id: 'b' })];
    const { access } = await loginOn('carol', { id: 'c' });
    expect((await remove('/api/sessions', access)).status).toBe(204);
    for (const other of others) expect(await stack.knock(other.access)).toEqual([401, 'token_revoked']);
    expect(await list(access)).toHaveLength(1);
  });

  it('answers 404 for a session of another user, and does not end it', async () => {
    const [mallory, victim] = [await stack.loggedIn('mallory'), await stack.loggedIn('victim')];
    const id = (await list(victim.access))[0]?.id ?? '';
    const answer = await remove(`/api/sessions/${id}`, mallory.access);
    expect([answer.status, answer.body['code']]).toEqual([404, 'session_not_found']);
    await remove('/api/sessions', mallory.access);
    expect(await stack.knock(victim.access)).toEqual([200, 'Authenticated.']);
  });

  it.each(['x', '%00', '00000000-0000-0000-0000-000000000000', "' OR 1=1 --", 'a'.repeat(90)])(
    'answers 404 for an id like %j',
    async (id) => {
      const { access } = await stack.loggedIn();
      expect((await remove(`/api/sessions/${encodeURIComponent(id)}`, access)).status).toBe(404);
      expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    },
  );

  it('ends the oldest sessions beyond MAX_SESSIONS_PER_USER, and their access tokens', async () => {
    const logins: LoginBody[] = [];
    for (let count = 0; count < 7; count += 1) logins.push(await stack.loggedIn('many'));
    const answers = await Promise.all(logins.map(({ access }) => stack.knock(access)));
    expect(answers.map(([status]) => status)).toEqual([401, 401, 200, 200, 200, 200, 200]);
  });

  it('replaces the session of the same device id and refuses its access token', async () => {
    const before = await loginOn('dave', { id: 'phone' });
    const after = await loginOn('dave', { id: 'phone' });
    expect(await stack.knock(before.access)).toEqual([401, 'token_revoked']);
    expect(await list(after.access)).toHaveLength(1);
  });

  it('does not replace the session of another user with the same device id', async () => {
    const first = await loginOn('erin', { id: 'shared-tablet' });
    await loginOn('frank', { id: 'shared-tablet' });
    expect(await stack.knock(first.access)).toEqual([200, 'Authenticated.']);
  });
});

describe('logout', () => {
  const stack = useStack();
  const logOut = (refresh: unknown) => stack.call('/api/token/blacklist/', { json: { refresh } });

  it('ends the session of a refresh token of any generation, and its access tokens immediately', async () => {
    const login = await stack.loggedIn();
    const next = (await stack.refresh(login.refresh)).body;
    const answer = await logOut(login.refresh);
    expect([answer.status, answer.body]).toEqual([200, {}]);
    for (const { access, refresh } of [login, next]) {
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
      expect((await stack.refresh(refresh)).status).toBe(401);
    }
  });

  it('answers 200 for a token that is unknown, ended or malformed', async () => {
    const { refresh } = await stack.loggedIn();
    for (const token of [refresh, refresh, 'x', 'a.b.c']) {
      const answer = await logOut(token);
      expect([answer.status, answer.body]).toEqual([200, {}]);
    }
    expect((await logOut(1)).status).toBe(400);
  });

  it('does not end the other sessions of the user', async () => {
    const [first, second] = [await stack.loggedIn('two'), await stack.loggedIn('two')];
    await logOut(first.refresh);
    expect(await stack.knock(second.access)).toEqual([200, 'Authenticated.']);
  });
});

describe('verify', () => {
  const stack = useStack();
  const verify = async (token: unknown) => {
    const { status, body } = await stack.call('/api/token/verify/', { json: { token } });
    return [status, body['code']];
  };

  it('answers {} for a valid access token and 401 for any other text', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await verify(access)).toEqual([200, undefined]);
    expect(await verify(refresh)).toEqual([401, 'token_invalid']);
    expect(await verify('a.b.c')).toEqual([401, 'token_invalid']);
    expect(await verify(`${access.slice(0, -3)}AAA`)).toEqual([401, 'token_invalid']);
    expect(await verify('')).toEqual([400, 'validation_failed']);
  });

  it('refuses revoked tokens and disabled users', async () => {
    const { access, refresh, user_id } = await stack.loggedIn('verified');
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await verify(access)).toEqual([401, 'token_revoked']);
    const again = await stack.loggedIn('verified');
    await stack.users.disable(user_id);
    await expect.poll(() => verify(again.access), { timeout: 3000 }).toEqual([403, 'user_disabled']);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { launch, type Reply, type Sent, WxTwin } from './twin.js';

interface LoginService {
  accessToken: () => Promise<string>;
  sendAsUser: (call: { method: 'GET'; path: string }) => Promise<{ body: object; etag: string }>;
}

const LOGIN = '/api/weixin/login/';
const DATA = { method: 'GET', path: '/api/weixin/data/' } as const;
const problem = (statusCode: number, code: string) => ({ statusCode, data: { status: statusCode, code } });

/** A service that numbers its access tokens and accepts those that `accepts` names. */
function service(accepts: (access: string) => boolean = () => true): (sent: Sent) => Reply {
  let issued = 0;
  return ({ url, header }) => {
    if (url.endsWith(LOGIN)) {
      issued++;
      return { statusCode: 200, data: { code: 'success', access: `access-${issued}`, expires_in: 300 } };
    }
    if (!accepts(header.Authorization ?? '')) return problem(401, 'token_expired');
    return { statusCode: 200, data: { code: 'Authenticated.', items: [] }, header: { Etag: '"0"' } };
  };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the login', () => {
  it('is one for everybody who waits', async () => {
    const wx = new WxTwin(service());
    const { accessToken } = await launch<LoginService>('login');
    const tokens = await Promise.all(Array.from({ length: 10 }, () => accessToken()));
    expect(new Set(tokens)).toEqual(new Set(['access-1']));
    expect(wx.logins).toBe(1);
    expect(wx.sent).toMatchObject([
      { url: `http://127.0.0.1:8000${LOGIN}`, method: 'POST', data: { code: 'a-code' } },
    ]);
  });

  it('serves the next launch until the token grows old', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000_000_000 });
    const wx = new WxTwin(service());
    await (await launch<LoginService>('login')).accessToken();
    expect(Object.fromEntries(wx.storage)).toMatchObject({
      access: 'access-1',
      access_time: 1_000_000_000_000,
    });

    vi.setSystemTime(1_000_000_000_000 + 269_000);
    await expect((await launch<LoginService>('login')).accessToken()).resolves.toBe('access-1');
    vi.setSystemTime(1_000_000_000_000 + 270_000);
    await expect((await launch<LoginService>('login')).accessToken()).resolves.toBe('access-2');
  });

  it('does not trust a stored token from the future', async () => {
    const wx = new WxTwin(service());
    wx.storage
      .set('access', 'stored')
      .set('access_time', Date.now() + 60_000)
      .set('access_expires_in', 300);
    await expect((await launch<LoginService>('login')).accessToken()).resolves.toBe('access-1');
  });

  it('fails when wx.login succeeds without a code, and can be tried again', async () => {
    const wx = new WxTwin(service());
    wx.code = undefined;
    const { accessToken } = await launch<LoginService>('login');
    await expect(accessToken()).rejects.toMatchObject({ code: 'wx_login_failed' });
    wx.code = 'a-code';
    await expect(accessToken()).resolves.toBe('access-1');
  });

  it('succeeds with a full storage', async () => {
    const wx = new WxTwin(service());
    wx.storage.set = () => {
      throw new Error('exceed storage max size');
    };
    vi.spyOn(console, 'warn').mockReturnValue();
    const { accessToken } = await launch<LoginService>('login');
    await expect(accessToken()).resolves.toBe('access-1');
    await expect(accessToken()).resolves.toBe('access-1');
  });

  it('sends no code from a release whose address was never set', async () => {
    const wx = new WxTwin(service());
    wx.envVersion = 'release';
    await (await launch<LoginService>('login')).accessToken();
    expect(new URL(wx.sent[0]?.url ?? '').host).toMatch(/\.invalid$/);
  });
});

describe('a call in the user’s name', () => {
  it('logs in once more and is sent once more after a 401, however many were refused', async () => {
    const wx = new WxTwin(service((access) => access === 'Bearer access-2'));
    const { sendAsUser } = await launch<LoginService>('login');
    const answers = await Promise.all([sendAsUser(DATA), sendAsUser(DATA), sendAsUser(DATA)]);
    expect(answers.map(({ etag }) => etag)).toEqual(['"0"', '"0"', '"0"']);
    expect(wx.logins).toBe(2);
    expect(wx.sentTo(DATA.path)).toHaveLength(6);
  });

  it('gives the second 401 to the caller', async () => {
    const wx = new WxTwin(service(() => false));
    const { sendAsUser } = await launch<LoginService>('login');
    await expect(sendAsUser(DATA)).rejects.toMatchObject({ status: 401, code: 'token_expired' });
    expect(wx.sentTo(DATA.path)).toHaveLength(2);
  });

  it('keeps the token when the network fails', async () => {
    let offline = true;
    const online = service();
    const wx = new WxTwin((sent) => (offline && sent.url.endsWith(DATA.path) ? 'offline' : online(sent)));
    const { sendAsUser } = await launch<LoginService>('login');
    await expect(sendAsUser(DATA)).rejects.toMatchObject({ status: 0, code: 'network_failed' });
    offline = false;
    await sendAsUser(DATA);
    expect(wx.logins).toBe(1);
  });

  it('reports a proxy’s error page as unreadable', async () => {
    const ok = service();
    new WxTwin((sent) => (sent.url.endsWith(LOGIN) ? ok(sent) : { statusCode: 502, data: '<html>' }));
    const { sendAsUser } = await launch<LoginService>('login');
    await expect(sendAsUser(DATA)).rejects.toMatchObject({ status: 502, code: 'answer_unreadable' });
  });
});

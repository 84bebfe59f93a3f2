import { afterEach, describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { launch, type MiniProgram } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';

const LOGIN = '/api/weixin/login/';
const REFRESH = '/api/token/refresh/';
const DATA = { path: '/api/weixin/data/' };

interface Tokens {
  userId: string;
  access: string;
  refresh: string;
}

const stack = useStack();
const kept = (phone: Phone) => phone.storage.peek('passport.tokens') as Tokens;
const counts = ({ logins, network }: Phone) => [logins, network.to(REFRESH).length];
const passes = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
const twelveAtOnce = (app: MiniProgram) => Promise.all(Array.from({ length: 12 }, () => app.request(DATA)));

/** A phone whose user has logged in at an earlier launch. */
async function usedPhone(user?: string) {
  const phone = new Phone(stack, user);
  await launch(phone).ready();
  phone.network.sent.length = 0;
  phone.logins = 0;
  return phone;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the first launch', () => {
  it('logs in once for all who wait, and then sends what they asked for', async () => {
    const phone = new Phone(stack, 'newcomer');
    const answers = await twelveAtOnce(launch(phone));
    expect(answers.map(({ body }) => body['items'])).toEqual(Array.from({ length: 12 }, () => []));
    expect(counts(phone)).toEqual([1, 0]);
    expect(phone.network.to(LOGIN)).toHaveLength(1);
  });

  it('names the device, the same one at each login', async () => {
    const phone = await usedPhone('gadgeteer');
    const app = launch(phone);
    await app.logout();
    await app.login();
    const { body } = await app.request({ path: '/api/sessions' });
    expect(body['sessions']).toMatchObject([{ device: 'iPhone 17', current: true }]);
  });

  it('names its mini-program where it has an AppID of its own', async () => {
    const phone = new Phone(stack);
    phone.appId = 'wx0000000000000000';
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'app_unknown' });
  });

  it('works in the devtools without an AppID, whose code is the same text for all users', async () => {
    const devtools = { url: stack.url, code: () => Promise.resolve('the code is a mock one') };
    await expect(launch(new Phone(devtools)).request(DATA)).resolves.toMatchObject({
      body: { code: 'Authenticated.' },
    });
  });

  it('sends no code from a release whose address was never set', async () => {
    const phone = new Phone(stack);
    phone.envVersion = 'release';
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'network_failed' });
    expect(phone.network.sent.map(({ status }) => status)).toEqual([undefined]);
  });

  it('succeeds with a full storage', async () => {
    const phone = new Phone(stack);
    phone.storage.fill();
    const app = launch(phone);
    await app.request(DATA);
    await app.request(DATA);
    expect(phone.logins).toBe(1);
  });
});

describe('a later launch', () => {
  it('sends no login and no refresh while the token is good', async () => {
    const phone = await usedPhone();
    await launch(phone).request(DATA);
    expect(phone.network.sent.map(({ path }) => path)).toEqual([DATA.path]);
    expect(phone.logins).toBe(0);
  });

  it('knows the user immediately, and reads each key once', async () => {
    const phone = await usedPhone();
    const app = launch(phone);
    expect(app.currentUser()).toEqual({ id: kept(phone).userId });
    phone.storage.reads.clear();
    await twelveAtOnce(app);
    expect([...phone.storage.reads.values()].every((times) => times === 1)).toBe(true);
  });

  it('refreshes before the token expires, with one refresh and no login for twelve requests', async () => {
    const phone = await usedPhone();
    passes(271_000);
    await twelveAtOnce(launch(phone));
    expect(counts(phone)).toEqual([0, 1]);
    expect(phone.network.to(DATA.path).map(({ status }) => status)).toEqual(Array(12).fill(200));
  });

  it('does not trust a token from the future', async () => {
    const phone = await usedPhone();
    phone.storage.set('passport.tokens', { ...kept(phone), receivedAtMs: Date.now() + 60_000 });
    await launch(phone).request(DATA);
    expect(counts(phone)).toEqual([0, 1]);
  });
});

describe('a refused access token', () => {
  it('costs one refresh and no login, however many requests were refused', async () => {
    const phone = await usedPhone();
    phone.storage.set('passport.tokens', { ...kept(phone), access: 'not.the.one' });
    await twelveAtOnce(launch(phone));
    expect(counts(phone)).toEqual([0, 1]);
  });

  it('costs one silent login for all where the session has ended', async () => {
    const phone = await usedPhone();
    const app = launch(phone);
    await stack.call('/api/token/blacklist/', { json: { refresh: kept(phone).refresh } });
    await twelveAtOnce(app);
    expect(counts(phone)).toEqual([1, 1]);
  });

  it('is not dropped twice: a late refusal of the old one leaves the new one alone', async () => {
    const phone = await usedPhone();
    phone.storage.set('passport.tokens', { ...kept(phone), access: 'not.the.one' });
    const app = launch(phone);
    let release: (() => void) | undefined;
    phone.network.beforeSending = ({ path }) => {
      if (path !== '/api/me') return undefined;
      phone.network.beforeSending = () => undefined;
      return new Promise<void>((resolve) => (release = resolve));
    };
    const late = app.request({ path: '/api/me' });
    await app.request(DATA);
    release?.();
    await late;
    expect(counts(phone)).toEqual([0, 1]);
  });
});

describe('a refresh', () => {
  it.each(['offline', { status: 503, body: '<html>' }, { status: 401, body: '{"code":"portal"}' }] as const)(
    'that fails by the network (%o) leaves the user logged in',
    async (weather) => {
      const phone = await usedPhone();
      const before = kept(phone);
      passes(301_000);
      const app = launch(phone);
      phone.network.weather = weather;
      await expect(app.ready()).rejects.toMatchObject({ name: 'Problem' });
      expect(kept(phone)).toEqual(before);
      phone.network.weather = 'fine';
      await app.request(DATA);
      expect([phone.logins, kept(phone).userId]).toEqual([0, before.userId]);
    },
  );

  it('whose answer is lost succeeds when tried again', async () => {
    const phone = await usedPhone();
    passes(301_000);
    const app = launch(phone);
    phone.network.weather = 'lossy';
    await expect(app.ready()).rejects.toMatchObject({ code: 'network_failed' });
    phone.network.weather = 'fine';
    await app.request(DATA);
    expect(phone.logins).toBe(0);
    expect(phone.network.to(REFRESH).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('of another copy of the client is waited for, and its tokens are taken', async () => {
    const phone = await usedPhone();
    passes(301_000);
    const apps = [launch(phone), launch(phone)];
    await Promise.all(apps.map((app) => app.request(DATA)));
    await Promise.all(apps.map((app) => app.request(DATA)));
    expect(counts(phone)).toEqual([0, 1]);
  });

  it('with a token that storage has damaged is followed by a login', async () => {
    const phone = await usedPhone();
    phone.storage.set('passport.tokens', { ...kept(phone), access: '', refresh: '?', expiresInSeconds: 0 });
    await launch(phone).request(DATA);
    expect(phone.logins).toBe(1);
  });

  it('stores the new refresh token before the new access token is used', async () => {
    const phone = await usedPhone();
    passes(301_000);
    let keptWhenUsed = '';
    phone.network.beforeSending = ({ path, header }) => {
      if (path === DATA.path) keptWhenUsed = kept(phone).access;
      expect(path === DATA.path ? header['authorization'] : undefined).not.toBe('Bearer ');
      return undefined;
    };
    await launch(phone).request(DATA);
    const [sent] = phone.network.to(DATA.path);
    expect(sent?.header['authorization']).toBe(`Bearer ${keptWhenUsed}`);
  });

  it('of a disabled user fails with user_disabled and logs no user in', async () => {
    const phone = await usedPhone('mallory');
    await stack.users.disable(kept(phone).userId);
    passes(301_000);
    const app = launch(phone);
    const failure: unknown = await app.ready().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'user_disabled', status: 403 });
    expect(app.explain(failure)).toBe('该账号已被停用');
    expect(phone.logins).toBe(0);
  });
});

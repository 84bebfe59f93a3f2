import { afterEach, describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';

const DATA = { path: '/api/weixin/data/' };
const BLACKLIST = '/api/token/blacklist/';
const SOON = { timeout: 10_000 };
const stack = useStack();

afterEach(() => {
  vi.useRealTimers();
});

describe('wx.login', () => {
  it.each(['no code', 'fails', 'hangs'] as const)(
    'that ends in «%s» is a failure, and can be tried again',
    async (habit) => {
      const phone = new Phone(stack);
      phone.loginHabit = habit;
      const app = launch(phone, habit === 'hangs' ? 2000 : undefined);
      await expect(app.ready()).rejects.toMatchObject({ code: 'wx_login_failed' });
      phone.loginHabit = 'fine';
      await expect(app.ready()).resolves.toEqual({ id: expect.any(String) as string });
    },
  );

  it('is called at most four times a second', async () => {
    const phone = new Phone(stack, 'hasty');
    const app = launch(phone);
    for (let n = 0; n < 6; n++) {
      await app.login();
      void app.logout();
    }
    expect(phone.logins).toBe(6);
  });

  it('is never called again with a code that was sent', async () => {
    const phone = new Phone(stack);
    phone.network.weather = 'lossy';
    const app = launch(phone);
    await expect(app.ready()).rejects.toMatchObject({ code: 'network_failed' });
    phone.network.weather = 'fine';
    await app.ready();
    expect([phone.logins, await stack.exchanges()]).toEqual([2, 2]);
  });

  it('rests after repeated failures, longer and longer, and works again afterwards', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    await stack.breakWeixin('errcode', { errcode: 40226 });
    const start = Date.now();
    // Seconds after the first failure, and how many logins there were by then.
    for (const [seconds, logins] of [
      [0, 1],
      [2, 2],
      [4, 3],
      [6, 4],
      [8, 5],
      [8.9, 5],
      [9.1, 6],
      [11, 6],
      [11.2, 7],
    ] as const) {
      vi.useFakeTimers({ toFake: ['Date'], now: start + seconds * 1000 });
      await expect(app.ready()).rejects.toMatchObject({ code: 'login_blocked' });
      expect([seconds, phone.logins]).toEqual([seconds, logins]);
    }
    await stack.breakWeixin('delay', { ms: 0 });
    vi.setSystemTime(start + 60_000);
    await app.ready();
  });

  it('does not rest for an hour when the clock is set back by one', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    await stack.breakWeixin('errcode', { errcode: 45011 });
    await expect(app.ready()).rejects.toMatchObject({ code: 'login_rate_limited' });
    await stack.breakWeixin('delay', { ms: 0 });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    await expect(app.ready()).resolves.toEqual({ id: expect.any(String) as string });
  });

  it('rests as long as the service asks', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    await stack.breakWeixin('errcode', { errcode: 45011 });
    const failure: unknown = await app.ready().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'login_rate_limited', status: 429 });
    const { retryAfterSeconds } = failure as { retryAfterSeconds: number };
    await expect(app.ready()).rejects.toBe(failure);
    expect(phone.logins).toBe(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + retryAfterSeconds * 1000 });
    await expect(app.ready()).rejects.not.toBe(failure);
    expect(phone.logins).toBe(2);
  });
});

describe('logging out', () => {
  it('ends the session at the service, and the user stays logged out until the next login', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    const user = await app.ready();
    const { access } = phone.storage.peek('passport.tokens') as { access: string };
    await app.logout();
    expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
    for (const one of [app, launch(phone)]) {
      await expect(one.request(DATA)).rejects.toMatchObject({ code: 'logged_out', status: 0 });
      expect(one.currentUser()).toBeUndefined();
    }
    expect(await app.login()).toMatchObject({ ...user, isNewUser: false });
    await launch(phone).request(DATA);
  });

  it('during a login discards what comes late, and ends that session too', async () => {
    const phone = new Phone(stack, 'fickle');
    const app = launch(phone);
    phone.network.beforeSending = ({ path }) => {
      if (path === '/api/weixin/login/') void app.logout();
      return undefined;
    };
    await expect(app.ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(phone.storage.peek('passport.tokens')).toBeUndefined();
    await vi.waitFor(() => {
      expect(phone.network.to(BLACKLIST).map(({ status }) => status)).toEqual([200]);
    }, SOON);
    const { access } = await stack.loggedIn('fickle');
    const { body } = await stack.call<{ sessions: object[] }>('/api/sessions', { token: access });
    expect(body.sessions).toHaveLength(1);
  });

  it('without a network reaches the service later', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    await app.ready();
    const { access } = phone.storage.peek('passport.tokens') as { access: string };
    phone.network.weather = 'offline';
    await app.logout();
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    phone.network.weather = 'fine';
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out' });
    await vi.waitFor(async () => {
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
      expect(phone.storage.peek('passport.ended')).toBeUndefined();
    }, SOON);
  });

  it('reaches the service although an earlier token was damaged', async () => {
    const phone = new Phone(stack, 'scratched');
    phone.storage.set('passport.ended', ['']);
    const app = launch(phone);
    const { body } = await app.request({ path: '/api/sessions' });
    expect(body['sessions']).toHaveLength(1);
    await app.logout();
    expect(phone.network.to('/api/token/blacklist/').map(({ status }) => status)).toEqual([400, 200]);
    expect(phone.storage.peek('passport.ended')).toBeUndefined();
  });

  it('is remembered by a full storage too, which has room for it once the tokens are gone', async () => {
    const phone = new Phone(stack);
    await launch(phone).ready();
    phone.storage.fillUp();
    await launch(phone).logout();
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out' });
  });
});

describe('what the tutorial left', () => {
  const upgraded = async (time: (nowMs: number) => unknown) => {
    const phone = new Phone(stack);
    const { access, user_id: id } = await stack.loggedIn();
    phone.storage.set('access', access);
    phone.storage.set('access_time', time(Date.now()));
    return { phone, id };
  };

  it.each([
    ['milliseconds', (ms: number) => ms - 200_000],
    ['text', (ms: number) => String(ms - 200_000)],
    ['seconds', (ms: number) => Math.floor(ms / 1000) - 200],
  ])('keeps its user logged in, with a time in %s', async (_name, time) => {
    const { phone, id } = await upgraded(time);
    await expect(launch(phone).ready()).resolves.toEqual({ id });
    expect(phone.logins).toBe(0);
    expect([phone.storage.peek('access'), phone.storage.peek('access_time')]).toEqual([undefined, undefined]);
    await launch(phone).request(DATA);
    expect(phone.logins).toBe(0);
  });

  it.each([
    ['older than five minutes', (ms: number) => ms - 300_000],
    ['from the future', (ms: number) => ms + 60_000],
    ['unknown', () => 'yesterday'],
  ])('is replaced by one silent login when its time is %s', async (_name, time) => {
    const { phone, id } = await upgraded(time);
    await expect(launch(phone).ready()).resolves.toEqual({ id });
    expect(phone.logins).toBe(1);
  });

  it('is replaced by one silent login when the service does not know the token', async () => {
    const { phone } = await upgraded((ms) => ms);
    phone.storage.set('access', 'of.another.service');
    await launch(phone).request(DATA);
    expect(phone.logins).toBe(1);
  });

  it('is kept when the network fails', async () => {
    const { phone } = await upgraded((ms) => ms);
    phone.network.weather = 'offline';
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'network_failed' });
    phone.network.weather = 'fine';
    await launch(phone).ready();
    expect(phone.logins).toBe(0);
  });
});

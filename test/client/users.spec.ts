import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AuthChange } from '../../packages/client/src/index.js';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, expire, REFRESH, renewals, storedTokens, TOKENS, usedPhone } from './people.js';

const stack = useStack();

afterEach(() => {
  vi.useRealTimers();
});

const spoil = (phone: Phone) => {
  phone.storage.set(TOKENS, { ...storedTokens(phone), access: 'not.the.one' });
};

describe('a logout', () => {
  it('ends the calls that run, whose answers never reach the page', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.network.oddity = 'silent';
    const call = app.request(DATA);
    await vi.waitFor(() => {
      expect(phone.network.sent).toHaveLength(1);
    });
    phone.network.oddity = undefined;
    void app.logout();
    await expect(call).rejects.toMatchObject({ code: 'logged_out' });
    expect(phone.network.sent[0]?.isAborted).toBe(true);
  });

  it('spares the calls without a user', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.network.weather = 50;
    const call = app.request({ path: '/.well-known/jwks.json', auth: 'none' });
    void app.logout();
    await expect(call).resolves.toMatchObject({ status: 200 });
  });

  it('everywhere ends the sessions of the other devices too', async () => {
    const other = await stack.loggedIn('traveller');
    const phone = await usedPhone(stack, 'traveller');
    await launch(phone).logout({ everywhere: true });
    expect(await stack.knock(other.access)).toEqual([401, 'token_revoked']);
  });

  it('everywhere fails without a network, and then logs out nowhere', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.network.weather = 'offline';
    await expect(app.logout({ everywhere: true })).rejects.toMatchObject({ code: 'network_failed' });
    expect(app.currentUser()).toBeDefined();
  });
});

describe('a call', () => {
  it('begun as one user is not resent in the name of another', async () => {
    let who = 'one';
    const phone = await usedPhone({ url: stack.url, code: () => stack.code(who) });
    await stack.call('/api/token/blacklist/', { json: { refresh: storedTokens(phone).refresh } });
    who = 'two';
    const app = launch(phone);
    const call = app.request<object>({ ...DATA, method: 'POST', body: { items: [{ of: 'one' }] } });
    await expect(call).rejects.toMatchObject({ code: 'user_changed' });
    expect((await app.request(DATA)).body).toMatchObject({ items: [] });
  });

  it('that waits for room goes out with the new token, not with the dead one', async () => {
    const phone = await usedPhone(stack);
    spoil(phone);
    const app = launch(phone);
    await Promise.all(Array.from({ length: 50 }, () => app.request(DATA)));
    const refused = phone.network.to(DATA.path).filter(({ status }) => status === 401);
    expect(refused.length).toBeLessThanOrEqual(10);
    expect(renewals(phone)).toEqual([0, 1]);
  });

  it('to a service that refuses every token costs one refresh in half a minute', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.network.weatherOf = (path) =>
      path === REFRESH ? 'fine' : { status: 401, body: '{"code":"elsewhere"}' };
    for (let n = 0; n < 5; n++) await expect(app.request(DATA)).rejects.toMatchObject({ status: 401 });
    expect(renewals(phone)).toEqual([0, 1]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
    await expect(app.request(DATA)).rejects.toMatchObject({ status: 401 });
    expect(renewals(phone)).toEqual([0, 2]);
  });

  it('without a user carries no token, and logs no user in', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    await app.request({ path: '/.well-known/jwks.json', auth: 'none' });
    await app.request({ path: '/.well-known/jwks.json', auth: 'optional' });
    await app.ready();
    await app.request({ path: '/.well-known/jwks.json', auth: 'none' });
    await app.request({ path: '/.well-known/jwks.json', auth: 'optional' });
    const tokens = phone.network.to('/.well-known/jwks.json').map(({ header }) => 'authorization' in header);
    expect(tokens).toEqual([false, false, false, true]);
    expect(phone.logins).toBe(1);
  });
});

describe('a refresh before the end of the access token', () => {
  const nearItsEnd = async () => {
    const phone = await usedPhone(stack);
    phone.storage.set(TOKENS, { ...storedTokens(phone), receivedAtMs: Date.now() - 275_000 });
    return phone;
  };

  it('that fails stops no call: the token is good for another 25 s', async () => {
    const phone = await nearItsEnd();
    const app = launch(phone);
    phone.network.weatherOf = (path) => (path === REFRESH ? { status: 503, body: '' } : 'fine');
    for (let n = 0; n < 3; n++) await expect(app.request(DATA)).resolves.toMatchObject({ status: 200 });
    expect(phone.network.to(REFRESH).length).toBeGreaterThan(0);
  });

  it('that hangs delays no call', async () => {
    const phone = await nearItsEnd();
    const app = launch(phone);
    phone.network.beforeSending = ({ path }) => (path === REFRESH ? new Promise(() => undefined) : undefined);
    await expect(app.request(DATA)).resolves.toMatchObject({ status: 200 });
  });

  it('happens when the mini-program comes back from the background', async () => {
    const phone = await nearItsEnd();
    launch(phone);
    phone.comeBack();
    await vi.waitFor(() => {
      expect(renewals(phone)).toEqual([0, 1]);
    });
  });

  it('does not happen then with a token that is good, nor without a user', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.comeBack();
    await app.logout();
    expire(phone);
    phone.comeBack();
    await app.logout();
    expect(renewals(phone)).toEqual([0, 0]);
  });
});

describe('another HTTP client', () => {
  it('gets good access tokens, and one in place of a refused one, the same for all who ask', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    const first = await app.accessToken();
    expect(await stack.knock(first)).toEqual([200, 'Authenticated.']);
    const tokens = await Promise.all([1, 2, 3].map(() => app.refreshIfCurrent(first)));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(first);
    expect(await app.refreshIfCurrent(first)).toBe(tokens[0]);
    expect(renewals(phone)).toEqual([0, 1]);
  });
});

describe('onAuthChange', () => {
  it('reports each login, refresh and logout, until it is ended', async () => {
    const phone = new Phone(stack, 'watched');
    const app = launch(phone);
    const changes: AuthChange[] = [];
    const off = app.onAuthChange((change) => changes.push(change));
    app.onAuthChange(() => {
      throw new Error('a page is gone');
    });
    const user = await app.ready();
    await app.refreshIfCurrent(await app.accessToken());
    await app.logout();
    off();
    await app.login();
    expect(changes).toEqual([
      { type: 'logged_in', user, isNewUser: true },
      { type: 'refreshed', user },
      { type: 'logged_out', reason: 'logout' },
    ]);
  });
});

describe('the log', () => {
  it('has each decision and no secret', async () => {
    const phone = await usedPhone(stack);
    const secrets = Object.values(storedTokens(phone)).filter((one) => String(one).length > 60);
    spoil(phone);
    const app = launch(phone);
    await app.request(DATA);
    await app.logout();
    await app.login();
    secrets.push(storedTokens(phone).access, storedTokens(phone).refresh);
    expect(app.log.map(([event]) => event)).toEqual(['resend', 'refresh', 'logout', 'login']);
    for (const secret of secrets) expect(JSON.stringify(app.log)).not.toContain(secret);
  });

  it('that fails stops nothing', async () => {
    const phone = new Phone(stack);
    const log = () => {
      throw new Error('disk full');
    };
    const passport = launch(phone).createPassport({
      baseUrl: 'http://127.0.0.1:8000',
      port: phone.wx(),
      log,
    });
    await expect(passport.request(DATA)).resolves.toMatchObject({ status: 200 });
  });
});

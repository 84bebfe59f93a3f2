import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { Proxy } from '../support/proxy.js';
import { REDIS_URL } from '../support/servers.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

const DOWN = /the Redis of REDIS_URL does not answer/g;
const AGAIN = /the Redis of REDIS_URL answers again/g;
const LIMIT = 3;

describe('Redis', () => {
  const stack = useStack({
    JWT_ISSUER: `https://${randomBytes(6).toString('hex')}.example`,
    RATE_LIMIT_LOGIN_PER_MINUTE: String(LIMIT),
    TRUST_PROXY_HOPS: '1',
  });
  let proxy: Proxy;
  let instance: Instance;
  let address = 0;
  beforeAll(async () => {
    proxy = await Proxy.to(REDIS_URL);
    instance = await Instance.start({ ...stack.env, REDIS_URL: proxy.url });
  });
  afterAll(async () => {
    await instance.stop();
    await proxy.close();
  });
  afterEach(() => {
    proxy.unfreeze();
    proxy.slow(0);
  });

  const count = (pattern: RegExp) => instance.output.match(pattern)?.length ?? 0;
  const newAddress = () => `198.51.100.${(address += 1)}`;
  const login = async (from = newAddress(), base = instance.url) => {
    const code = await stack.code(`person ${from}`);
    const [startedAt, stopwatch] = [performance.now(), startStopwatch()];
    const answer = await call(`${base}/api/weixin/login/`, {
      json: { code },
      headers: { 'x-forwarded-for': from },
    });
    return { ...answer, wallMs: performance.now() - startedAt, ms: stopwatch() };
  };
  /** Logins go on, and are counted by the instance itself. */
  const expectLimitsPerInstance = async () => {
    const from = newAddress();
    const statuses = [];
    for (let hit = 0; hit <= LIMIT; hit += 1) statuses.push((await login(from)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await login(newAddress())).status).toBe(200);
  };
  const expectLogoutIsKnownBySoon = async () => {
    const { access, refresh } = await stack.loggedIn();
    expect((await stack.knock(access, instance.url))[0]).toBe(200);
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    await expect
      .poll(() => stack.knock(access, instance.url), { timeout: 2500, interval: 20 })
      .toEqual([401, 'token_revoked']);
  };
  const back = async (before: number) => {
    await expect.poll(() => count(AGAIN), { timeout: 10_000, interval: 50 }).toBe(before + 1);
  };

  it('that is down at start costs one warning, limits per instance, and nothing else', async () => {
    await expectLimitsPerInstance();
    await expectLogoutIsKnownBySoon();
    expect(count(DOWN)).toBe(1);
    expect(instance.output).toContain('ECONNREFUSED');
  });

  it('that starts later is used without a restart', async () => {
    await proxy.open();
    await back(0);
    expect((await login()).status).toBe(200);
    expect(count(DOWN)).toBe(1);
  });

  it('that drops every connection costs one warning, and is used again', async () => {
    await proxy.close();
    await expectLimitsPerInstance();
    await expectLogoutIsKnownBySoon();
    expect(count(DOWN)).toBe(2);
    await proxy.open();
    await back(1);
  });

  it('that freezes delays the calls of one moment a little, and no other', async () => {
    proxy.freeze();
    const first = await Promise.all(Array.from({ length: 10 }, () => login()));
    expect(first.map(({ status }) => status)).toEqual(Array(10).fill(200));
    for (const { ms } of first) expect(ms).toBeLessThan(1500);
    type Logins = Awaited<ReturnType<typeof login>>[];
    const [later, without]: [Logins, Logins] = [[], []];
    for (let turn = 0; turn < 30; turn += 1) {
      later.push(await login());
      without.push(await login(newAddress(), stack.url));
      await sleep(50);
    }
    expect(later.map(({ status }) => status)).toEqual(Array(30).fill(200));
    const median = (answers: { wallMs: number }[]) =>
      answers.map(({ wallMs }) => wallMs).sort((one, two) => one - two)[15] ?? NaN;
    expect(median(later), 'as those of a service that has no Redis').toBeLessThan(median(without) + 100);
    await expectLimitsPerInstance();
    await expectLogoutIsKnownBySoon();
    expect(count(DOWN)).toBe(3);
    proxy.unfreeze();
    await back(2);
  });

  it('that is slow is not used, as if it were down', async () => {
    proxy.slow(1000);
    expect((await login()).ms).toBeLessThan(900);
    await expectLimitsPerInstance();
    await sleep(2500);
    expect(count(DOWN)).toBe(4);
    proxy.slow(0);
    await back(3);
    expect((await login()).status).toBe(200);
  });

  it('that is frozen delays no shutdown and no start', async () => {
    proxy.freeze();
    const stopwatch = startStopwatch();
    const another = await Instance.start({ ...stack.env, REDIS_URL: proxy.url });
    expect((await login(newAddress(), another.url)).status).toBe(200);
    expect(await another.stop()).toBe(0);
    expect(stopwatch()).toBeLessThan(10_000);
  });
});

describe('the password of REDIS_URL', () => {
  const stack = useStack();

  it('is in no log line, even if Redis rejects it', async () => {
    const url = new URL(REDIS_URL);
    url.username = 'canary-user';
    url.password = 'canary-password';
    const instance = await Instance.start({ ...stack.env, REDIS_URL: url.href, LOG_LEVEL: 'trace' });
    await sleep(2500);
    expect(await instance.stop()).toBe(0);
    expect(instance.output.match(DOWN)).toHaveLength(1);
    expect(instance.output).toMatch(/WRONGPASS|NOAUTH/);
    expect(instance.output).not.toContain('canary');
  });
});

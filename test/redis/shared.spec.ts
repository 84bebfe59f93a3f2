import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRedis } from '../../libs/redis/src/index.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { REDIS_URL } from '../support/servers.js';
import { useStack } from '../support/stack.js';

const { Redis: Client } = createRequire(import.meta.url)('ioredis') as { Redis: new (url: string) => Redis };

describe('two instances with one Redis', () => {
  const stack = useStack({
    REDIS_URL,
    // Apart from what other tests count in the same Redis.
    JWT_ISSUER: `https://${randomBytes(6).toString('hex')}.example`,
    RATE_LIMIT_LOGIN_PER_MINUTE: '6',
    RATE_LIMIT_VERIFY_PER_MINUTE: '2',
    RATE_LIMIT_REFRESH_PER_MINUTE: '3',
    TRUST_PROXY_HOPS: '1',
  });
  let other: Instance;
  beforeAll(async () => {
    other = await Instance.start(stack.env);
  });
  afterAll(() => other.stop());
  const bases = () => [stack.url, other.url];
  const loginAt = async (base: string, address: string) =>
    call<{ access: string; refresh: string }>(`${base}/api/weixin/login/`, {
      json: { code: await stack.code() },
      headers: { 'x-forwarded-for': address },
    });

  it('share one limit, and return what remains of it', async () => {
    const answers = [];
    for (let count = 0; count < 8; count += 1)
      answers.push(await loginAt(bases()[count % 2] ?? '', '203.0.113.1'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    expect(answers[1]?.headers.get('ratelimit')).toMatch(/^"login";r=4;t=(60|59)$/);
    const [refused] = answers.slice(-1);
    expect(refused?.body).toMatchObject({ code: 'rate_limited' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('share one limit when logins arrive at both at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => loginAt(bases()[index % 2] ?? '', '203.0.113.2')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
  });

  it('count each session’s refreshes together', async () => {
    const { refresh } = (await loginAt(stack.url, '203.0.113.3')).body;
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      const base = bases()[count % 2] ?? '';
      statuses.push((await call(`${base}/api/token/refresh/`, { json: { refresh } })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it.each([
    ['here reaches the other one', 0],
    ['there reaches this one', 1],
  ])('learn immediately of the end of a session %s', async (_, which) => {
    const [from = '', to = ''] = which === 0 ? bases() : bases().reverse();
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const { access, refresh } = (await loginAt(from, `203.0.113.${20 + which * 10 + round}`)).body;
      expect(await stack.knock(access, to)).toEqual([200, 'Authenticated.']);
      await call(`${from}/api/token/blacklist/`, { json: { refresh } });
      const endedAt = performance.now();
      await expect
        .poll(() => stack.knock(access, to), { timeout: 5000, interval: 5 })
        .toEqual([401, 'token_revoked']);
      times.push(performance.now() - endedAt);
    }
    // Without Redis it is up to a second, half of one on average. A busy machine may delay one message.
    expect(times.toSorted((one, other) => one - other)[3]).toBeLessThan(300);
  });

  it('leave no key without an expiry', async () => {
    const { Redis } = await import('ioredis');
    const redis = new Redis(REDIS_URL);
    const keys = await redis.keys(`weapp-passport:${stack.env['JWT_ISSUER'] ?? ''}:*`);
    const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
    redis.disconnect();
    expect(keys.length).toBeGreaterThan(0);
    for (const ms of lives) expect(ms).toBeGreaterThan(0);
  });
});

describe('the limit of logins through one app, with Redis', () => {
  const stack = useStack({
    REDIS_URL,
    JWT_ISSUER: `https://${randomBytes(6).toString('hex')}.example`,
    RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '2',
    TRUST_PROXY_HOPS: '1',
  });
  const send = async (address: string, code: string) => {
    const headers = { 'x-forwarded-for': address };
    return (await stack.call('/api/weixin/login/', { json: { code }, headers })).status;
  };
  const good = async (address: string) => send(address, await stack.code());

  it('is counted in Redis, exchanged codes and refused ones separately', async () => {
    expect([await send('203.0.113.1', 'junk-1'), await send('203.0.113.1', 'junk-2')]).toEqual([401, 401]);
    expect(await good('203.0.113.2')).toBe(200);
    await stack.restart();
    expect(await good('203.0.113.1')).toBe(429);
    expect([await good('203.0.113.2'), await good('203.0.113.2')]).toEqual([200, 429]);
  });
});

describe('the check of a Redis user', () => {
  const operator = new Client(REDIS_URL);
  const name = `weapp-passport-test-${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(REDIS_URL), { username: name, password: 'canary' }).href;
  const allow = (...commands: string[]) =>
    operator.acl(
      'SETUSER',
      name,
      'reset',
      'on',
      '>canary',
      '~weapp-passport:*',
      '&weapp-passport:*',
      ...commands,
    );
  afterAll(async () => {
    await operator.acl('DELUSER', name);
    operator.disconnect();
  });
  const ALL = ['+eval', '+evalsha', '+get', '+incr', '+pttl', '+set', '+publish', '+info', '+select'];

  it('passes with the commands that the service uses', async () => {
    await allow(...ALL);
    expect(await checkRedis(url)).toEqual({ status: 'ok' });
  });

  it.each(['+get', '+incr', '+publish'])('is refused without %s', async (missing) => {
    await allow(...ALL.filter((command) => command !== missing));
    expect(await checkRedis(url)).toMatchObject({ status: 'refused' });
  });
});

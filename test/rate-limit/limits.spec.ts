import { afterEach, describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the limit of logins', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '3', TRUST_PROXY_HOPS: '1' });
  /** Logs in from an address that no other test uses. */
  const login = async (address: string, code?: string) =>
    stack.call('/api/weixin/login/', {
      json: { code: code ?? (await stack.code()) },
      headers: { 'x-forwarded-for': address },
    });

  it('refuses the first login over it with 429 and Retry-After', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let count = 0; count < 3; count += 1) expect((await login('203.0.113.1')).status).toBe(200);
    vi.setSystemTime(Date.now() + 18_500);
    const { status, body, headers } = await login('203.0.113.1');
    expect({ status, code: body['code'] }).toEqual({ status: 429, code: 'rate_limited' });
    expect(headers.get('retry-after')).toBe('42');
    expect(headers.get('ratelimit')).toBe('"login";r=0;t=42');
    expect(headers.get('content-type')).toBe('application/problem+json');
  });

  it('accepts the full count again in the next window', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let count = 0; count < 5; count += 1) await login('203.0.113.2');
    vi.setSystemTime(Date.now() + 59_999);
    expect((await login('203.0.113.2')).status).toBe(429);
    vi.setSystemTime(Date.now() + 1);
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await login('203.0.113.2')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('sends no request to WeChat for a login over it', async () => {
    for (let count = 0; count < 6; count += 1) await login('203.0.113.3');
    expect(await stack.exchanges()).toBe(3);
  });

  it('counts logins that fail', async () => {
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await login('203.0.113.4', 'made up')).status);
    expect(statuses).toEqual([401, 401, 401]);
    expect((await login('203.0.113.4')).status).toBe(429);
  });

  it('applies to concurrent logins', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => stack.code()));
    const answers = await Promise.all(codes.map((code) => login('203.0.113.5', code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(17);
  });

  it('is in two headers of every counted answer, success or error, and in no other header', async () => {
    const good = await login('203.0.113.6');
    expect(good.headers.get('ratelimit-policy')).toBe('"login";q=3;w=60');
    expect(good.headers.get('ratelimit')).toMatch(/^"login";r=2;t=(60|59)$/);
    const bad = await login('203.0.113.6', 'made up');
    expect(bad.headers.get('ratelimit')).toMatch(/^"login";r=1;t=(60|59)$/);
    for (const { headers } of [good, bad]) {
      expect(headers.has('retry-after')).toBe(false);
      expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    }
  });

  it('does not apply to other routes', async () => {
    for (let count = 0; count < 4; count += 1) await login('203.0.113.7');
    const { access, refresh } = await stack.loggedIn();
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    for (let count = 0; count < 8; count += 1) {
      const data = await stack.call('/api/weixin/data/', { token: access, headers });
      expect(data.status).toBe(200);
      expect(data.headers.has('ratelimit')).toBe(false);
    }
    const logout = await stack.call('/api/token/blacklist/', { json: { refresh }, headers });
    expect(logout.status).toBe(200);
    expect(logout.headers.has('ratelimit')).toBe(false);
  });
});

describe('the limit of verifications', () => {
  const stack = useStack({ RATE_LIMIT_VERIFY_PER_MINUTE: '2' });

  it('is counted separately from logins', async () => {
    const { access } = await stack.loggedIn();
    const verify = () => stack.call('/api/token/verify/', { json: { token: access } });
    const answers = [await verify(), await verify(), await verify()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"verify";q=2;w=60');
    await expect(stack.loggedIn()).resolves.toBeDefined();
  });
});

describe('a limit of 0', () => {
  const stack = useStack({
    RATE_LIMIT_LOGIN_PER_MINUTE: '0',
    RATE_LIMIT_REFRESH_PER_MINUTE: '0',
    RATE_LIMIT_VERIFY_PER_MINUTE: '0',
  });

  it('turns the limit off and sends no header', async () => {
    const login = await stack.login({ code: await stack.code() });
    const verify = await stack.call('/api/token/verify/', { json: { token: login.body.access } });
    const refresh = await stack.call('/api/token/refresh/', { json: { refresh: login.body.refresh } });
    for (const { status, headers } of [login, verify, refresh]) {
      expect(status).toBe(200);
      expect(headers.has('ratelimit')).toBe(false);
      expect(headers.has('ratelimit-policy')).toBe(false);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

type Stack = ReturnType<typeof useStack>;

/** The status of a login with this `X-Forwarded-For`. Its code is invalid, so 401 means that the limit let it through. */
const loginFrom = async (stack: Stack, forwardedFor: string) => {
  const { status } = await stack.call('/api/weixin/login/', {
    json: { code: 'made up' },
    headers: { 'x-forwarded-for': forwardedFor },
  });
  return status;
};
const warnings = (stack: Stack) => stack.logs.filter((line) => line.includes('TRUST_PROXY_HOPS'));

describe('behind one reverse proxy', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '1', TRUST_PROXY_HOPS: '1' });

  it('counts each client address separately', async () => {
    expect(await loginFrom(stack, '203.0.113.1')).toBe(401);
    expect(await loginFrom(stack, '203.0.113.1')).toBe(429);
    expect(await loginFrom(stack, '203.0.113.2')).toBe(401);
  });

  it('ignores addresses that the client sends before the one of the proxy', async () => {
    expect(await loginFrom(stack, '203.0.113.3')).toBe(401);
    expect(await loginFrom(stack, '198.51.100.1, 203.0.113.3')).toBe(429);
    expect(await loginFrom(stack, '198.51.100.2, 198.51.100.3, 203.0.113.3')).toBe(429);
  });

  it('counts the addresses of one IPv6 /64 together, and those of another separately', async () => {
    expect(await loginFrom(stack, '2001:db8:0:1::1')).toBe(401);
    expect(await loginFrom(stack, '2001:db8:0:1:ffff::2')).toBe(429);
    expect(await loginFrom(stack, '2001:0DB8::1:0:0:0:3')).toBe(429);
    expect(await loginFrom(stack, '2001:db8:0:2::1')).toBe(401);
  });

  it('counts an IPv4 address and its IPv6-mapped form together', async () => {
    expect(await loginFrom(stack, '203.0.113.4')).toBe(401);
    expect(await loginFrom(stack, '::ffff:203.0.113.4')).toBe(429);
  });

  it('counts a text that is no address as the proxy', async () => {
    expect(await loginFrom(stack, 'unknown')).toBe(401);
    expect(await loginFrom(stack, 'x'.repeat(8000))).toBe(429);
    expect(await loginFrom(stack, '_hidden')).toBe(429);
  });

  it('logs no warning', () => {
    expect(warnings(stack)).toEqual([]);
  });
});

describe('without a reverse proxy', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '2' });

  it('ignores X-Forwarded-For, and logs once which variable to set', async () => {
    expect(warnings(stack)).toEqual([]);
    const statuses = [];
    for (let last = 1; last <= 4; last += 1) statuses.push(await loginFrom(stack, `203.0.113.${last}`));
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect(warnings(stack)).toHaveLength(1);
    expect(JSON.parse(warnings(stack)[0] ?? '')).toMatchObject({
      level: 40,
      msg: expect.stringContaining('set TRUST_PROXY_HOPS to the number of proxies') as string,
    });
  });
});

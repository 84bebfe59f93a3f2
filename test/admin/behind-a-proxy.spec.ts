import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { exchange } from '../support/raw-http.js';
import { useStack } from '../support/stack.js';
import { adminUrlOf, form } from './admin.js';

describe('the admin listener behind a proxy, with ADMIN_URL', () => {
  const stack = useStack({
    ADMIN_PORT: '0',
    ADMIN_URL: 'https://passport.internal/base',
    ADMIN_TRUST_PROXY_HOPS: '1',
    RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: '1',
  });

  it('accepts the host of ADMIN_URL', async () => {
    const head = 'GET /api/admin/apps HTTP/1.1\r\nHost: passport.internal\r\nConnection: close\r\n\r\n';
    expect((await exchange(adminUrlOf(stack), head)).status).toBe(401);
  });

  it('reads the address of the client from X-Forwarded-For, ADMIN_TRUST_PROXY_HOPS from the end', async () => {
    const refused = form({ client_id: 'x', client_secret: 'x' });
    const from = async (address: string) => {
      const headers = { ...refused.headers, 'x-forwarded-for': address };
      return (await call(`${adminUrlOf(stack)}/oauth/token`, { ...refused, headers })).status;
    };
    expect([
      await from('1.1.1.1, 10.0.0.1'),
      await from('2.2.2.2, 10.0.0.1'),
      await from('1.1.1.1, 10.0.0.2'),
    ])
      // Two of one client, and one of another.
      .toEqual([401, 429, 401]);
  });

  it('logs no warning about X-Forwarded-For, and uses the request id of its proxy only here', async () => {
    const headers = { 'x-forwarded-for': '10.0.0.3', 'x-request-id': 'a-request-of-the-proxy' };
    const idOf = async (url: string) => (await call(url, { headers })).headers.get('x-request-id');
    expect(await idOf(`${adminUrlOf(stack)}/api/admin/apps`)).toBe('a-request-of-the-proxy');
    expect(await idOf(`${stack.url}/health/live`)).not.toBe('a-request-of-the-proxy');
    expect(stack.logs.filter((line) => line.includes('X-Forwarded-For'))).toEqual([]);
  });
});

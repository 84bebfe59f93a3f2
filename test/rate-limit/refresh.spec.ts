import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('the limit of refreshes', () => {
  const stack = useStack({ RATE_LIMIT_REFRESH_PER_MINUTE: '2' });
  const refresh = (json: unknown) => stack.call('/api/token/refresh/', { method: 'POST', json });
  /** The statuses of refreshes in a row, each with what the one before answered. */
  const refreshes = async (count: number, token: string) => {
    const statuses = [];
    for (let next = token; statuses.length < count;) {
      const { status, body } = await refresh({ refresh: next });
      statuses.push(status);
      if (status === 200) next = String(body['refresh']);
    }
    return statuses;
  };

  it('is one per session: sessions behind one address do not starve each other', async () => {
    const alice = await stack.loggedIn('alice');
    const bob = await stack.loggedIn('bob');
    expect(await refreshes(4, alice.refresh)).toEqual([200, 200, 429, 429]);
    expect(await refreshes(3, bob.refresh)).toEqual([200, 200, 429]);
  });

  it('counts every token of a session together', async () => {
    const { refresh: first } = await stack.loggedIn('carol');
    const second = String((await refresh({ refresh: first })).body['refresh']);
    expect((await refresh({ refresh: first })).status).toBe(200);
    expect((await refresh({ refresh: second })).status).toBe(429);
  });

  it('refuses before anything is rotated or revoked', async () => {
    const { access, refresh: first } = await stack.loggedIn('dora');
    await refreshes(2, first);
    // By now the first token is an old one, and would end the session.
    expect((await refresh({ refresh: first })).status).toBe(429);
    expect((await stack.call('/api/weixin/data/', { token: access })).status).toBe(200);
  });

  it('counts whatever is no valid refresh token against the address, and lets valid ones through', async () => {
    const { access, refresh: good } = await stack.loggedIn('erin');
    const bad = [access, `${good.slice(0, -5)}AAAAA`, 'x', 'x'.repeat(5000), '', null, 1, ['x'], {}];
    const statuses = [];
    for (const token of bad) statuses.push((await refresh({ refresh: token })).status);
    expect(statuses).toEqual([401, 401, 429, 429, 429, 429, 429, 429, 429]);
    expect((await refresh({})).status).toBe(429);
    expect((await stack.call('/api/token/refresh/', { method: 'POST' })).status).toBe(429);
    const { status, headers } = await refresh({ refresh: good });
    expect(status).toBe(200);
    expect(headers.get('ratelimit-policy')).toBe('"refresh";q=2;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"refresh";r=1;t=/);
  });
});

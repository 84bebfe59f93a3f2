import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('the limit of refreshes', () => {
  const stack = useStack({ RATE_LIMIT_REFRESH_PER_MINUTE: '2' });
  const refresh = (json: unknown) => stack.call('/api/token/refresh/', { method: 'POST', json });
  /** The statuses of refreshes in a row, each with the token of the previous answer. */
  const refreshes = async (count: number, token: string) => {
    const statuses = [];
    for (let next = token; statuses.length < count;) {
      const { status, body } = await refresh({ refresh: next });
      statuses.push(status);
      if (status === 200) next = String(body['refresh']);
    }
    return statuses;
  };

  it('is counted per session: sessions behind one address do not share it', async () => {
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

  it('refuses a request before it rotates or revokes', async () => {
    const { access, refresh: first } = await stack.loggedIn('dora');
    await refreshes(2, first);
    // The first token is reused here, which would end the session.
    expect((await refresh({ refresh: first })).status).toBe(429);
    expect((await stack.call('/api/weixin/data/', { token: access })).status).toBe(200);
  });

  it('counts invalid refresh tokens against the address, and accepts valid ones', async () => {
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

import { describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();

describe('the clock', () => {
  it('goes forward, answers everyone who follows it, and never goes back', async () => {
    const following = sandbox.send('GET', '/sandbox/clock?known=0');
    await expect
      .poll(async () => (await sandbox.send('GET', '/sandbox/clock')).json)
      .toEqual({ aheadMs: 0, followers: 1 });
    const moved = sandbox.send('PUT', '/sandbox/clock', { aheadMs: 60_000 });
    expect((await following).json).toEqual({ aheadMs: 60_000 });
    void sandbox.send('GET', '/sandbox/clock?known=60000').catch(() => undefined);
    expect((await moved).json).toEqual({ aheadMs: 60_000, followers: 1 });
    expect((await sandbox.send('PUT', '/sandbox/clock', { aheadMs: 0 })).status).toBe(400);
    await sandbox.send('POST', '/sandbox/reset');
    expect((await sandbox.send('GET', '/sandbox/clock?known=0')).json).toEqual({ aheadMs: 60_000 });
  });

  it.each([{}, { aheadMs: -1 }, { aheadMs: '5' }, { aheadMs: 1.5 }])('refuses %j', async (body) => {
    expect((await sandbox.send('PUT', '/sandbox/clock', body)).status).toBe(400);
  });
});

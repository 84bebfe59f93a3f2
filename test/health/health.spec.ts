import { describe, expect, it } from 'vitest';
import { lock } from '../support/lock.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';

describe('/health', () => {
  const stack = useStack({ RATE_LIMIT_VERIFY_PER_MINUTE: '1', TRUST_PROXY_HOPS: '0' });
  const ready = () => stack.call('/health/ready');
  const breakDatabase = () => execute(stack.databaseUrl, 'ALTER TABLE migrations RENAME TO elsewhere');
  const repairDatabase = () => execute(stack.databaseUrl, 'ALTER TABLE elsewhere RENAME TO migrations');

  it('answers live and ready, and forbids caching the answer', async () => {
    const [live, answer] = [await stack.call('/health/live'), await ready()];
    expect([live.status, live.body]).toEqual([200, { status: 'ok' }]);
    expect([answer.status, answer.body['status']]).toEqual([200, 'ok']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('stays alive and ready while another process has the write lock, because reads work', async () => {
    const unlock = await lock(stack.databaseUrl, 'users');
    const answers = [await stack.call('/health/live'), await ready()];
    await unlock();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('stays alive and is not ready while the database does not answer, then is ready without a restart', async () => {
    await breakDatabase();
    await expect.poll(async () => (await ready()).status).toBe(503);
    const answer = await ready();
    expect(answer.body['code']).toBe('database_unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect((await stack.call('/health/live')).status).toBe(200);
    await repairDatabase();
    await expect.poll(async () => (await ready()).status).toBe(200);
  });

  it('logs once why it is not ready and once that it is ready again, and hides the reason from the caller', async () => {
    stack.logs.length = 0;
    await breakDatabase();
    await expect.poll(async () => (await ready()).status).toBe(503);
    const answers = [await ready(), await ready(), await ready()];
    await repairDatabase();
    await expect.poll(async () => (await ready()).status).toBe(200);
    expect(answers.map(({ text }) => text).join()).not.toContain('migrations');
    const said = stack.logs.filter((line) => line.includes('ready') && !line.includes('"msg":"request"'));
    expect(said.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      expect.stringMatching(/^not ready: .*(?:no such table|does not exist|doesn't exist)/),
      'ready again',
    ]);
  });

  it('queries the database at most twice a second, however many requests come', async () => {
    await ready();
    const [first, second] = [await ready(), await ready()];
    const { details } = second.body as { details: { database: { cachedResponse?: boolean } } };
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(details.database.cachedResponse).toBe(true);
  });

  it('needs no token and has no rate limit', async () => {
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await ready()).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('writes no line to a log of level info', async () => {
    await stack.call('/health/live');
    const [line] = stack.logs.filter((text) => text.includes('/health/live')).slice(-1);
    expect((JSON.parse(line ?? '{}') as { level?: number }).level).toBe(20);
  });
});

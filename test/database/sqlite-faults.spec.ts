import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { lock } from '../support/lock.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

describe('a database that another process has locked', () => {
  const stack = useStack();

  it('for 3 s delays a login and fails nothing', async () => {
    const code = await stack.code();
    const unlock = await lock(stack.databaseUrl, 'auth_events');
    const login = stack.login({ code });
    await sleep(3000);
    await unlock();
    expect((await login).status).toBe(200);
  });

  it('for longer answers 503 to each of ten writers in time, and runs none of the writes later', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, (_, index) => stack.code(`waiting-${index}`)));
    const unlock = await lock(stack.databaseUrl, 'auth_events');
    const stopwatch = startStopwatch();
    const answers = await Promise.all(
      codes.map(async (code, index) => {
        await sleep(index * 100);
        return stack.login({ code });
      }),
    );
    const seconds = stopwatch() / 1000;
    await unlock();
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(503));
    expect(seconds).toBeLessThan(6);
    expect((await stack.loggedIn('waiting-9')).is_new_user).toBe(true);
  });

  it('for longer answers 503 with Retry-After to writes, and answers reads', async () => {
    const { access } = await stack.loggedIn('reader');
    const unlock = await lock(stack.databaseUrl, 'auth_events');
    const [login, read] = await Promise.all([
      stack.login<{ code: string }>({ code: await stack.code('writer') }),
      stack.call('/api/weixin/data/', { token: access }),
    ]);
    await unlock();
    expect(read.status).toBe(200);
    expect([login.status, login.body.code]).toEqual([503, 'database_unavailable']);
    expect(login.headers.get('retry-after')).toBe('5');
    expect((await stack.loggedIn('writer')).is_new_user).toBe(true);
  });
});

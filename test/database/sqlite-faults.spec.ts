import { setTimeout as sleep } from 'node:timers/promises';
import sqlite3 from 'sqlite3';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

/** Another process's write lock on the database. */
async function lock(file: string): Promise<() => Promise<void>> {
  const other = new sqlite3.Database(file);
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) =>
      other.run(sql, (error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  await run('BEGIN EXCLUSIVE');
  return async () => {
    await run('ROLLBACK');
    await new Promise((resolve) => {
      other.close(resolve);
    });
  };
}

describe('a database that another process has locked', () => {
  const stack = useStack();

  it('for 3 s delays a login and fails nothing', async () => {
    const code = await stack.code();
    const unlock = await lock(stack.databaseFile);
    const login = stack.login({ code });
    await sleep(3000);
    await unlock();
    expect((await login).status).toBe(200);
  });

  it('for longer gives 503 with Retry-After, writes nothing, and reads go on', async () => {
    const { access } = await stack.loggedIn('reader');
    const unlock = await lock(stack.databaseFile);
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

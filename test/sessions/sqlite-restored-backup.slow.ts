import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { execute, fileOf, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

describe('a backup that is restored under live clients', () => {
  const stack = useStack();
  const folder = useFolder();

  it('makes clients log in again and revokes no session for reuse', async () => {
    const database = join(folder, 'live.sqlite');
    const env = { ...stack.env, DATABASE_URL: `sqlite:${database}` };
    let instance = await Instance.start(env);
    const login = async (user: string) =>
      (await call<LoginBody>(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code(user) } }))
        .body;
    const refresh = (token: string) =>
      call<LoginBody>(`${instance.url}/api/token/refresh/`, { json: { refresh: token } });

    const quiet = await login('quiet');
    const busy = await login('busy');
    const backup = join(folder, 'backup.sqlite');
    await execute(env.DATABASE_URL, `VACUUM INTO '${backup}'`);
    const moved = (await refresh((await refresh(busy.refresh)).body.refresh)).body;
    const late = await login('late');
    await instance.stop('SIGKILL');
    for (const suffix of ['', '-wal', '-shm']) rmSync(fileOf(env.DATABASE_URL) + suffix, { force: true });
    copyFileSync(backup, database);

    instance = await Instance.start(env);
    // A generation and a session that are newer than the backup.
    for (const token of [moved.refresh, late.refresh]) {
      const { status, body } = await refresh(token);
      expect([status, (body as unknown as { code: string }).code]).toEqual([401, 'refresh_token_invalid']);
    }
    expect((await refresh(quiet.refresh)).status, 'who did nothing meanwhile goes on').toBe(200);
    expect((await login('busy')).user_id).toBe(busy.user_id);
    expect((await login('late')).is_new_user, 'the user is not in the backup').toBe(true);
    const revoked = 'SELECT id FROM sessions WHERE revoked_at IS NOT NULL';
    expect(await rows(env.DATABASE_URL, revoked)).toEqual([]);
    expect(await instance.stop()).toBe(0);
    const theft = "SELECT id FROM auth_events WHERE kind = 'refresh_token_reused'";
    expect(await rows(env.DATABASE_URL, theft)).toEqual([]);
  });
});

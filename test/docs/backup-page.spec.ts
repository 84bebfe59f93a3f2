import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { Database, newId } from '../../libs/database/src/index.js';
import { User, UsersService } from '../../libs/users/src/index.js';
import { useFolder } from '../support/folder.js';
import { ROOT } from '../support/process.js';
import { execute, rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';
import { commandsOf } from './pages.js';

const hasSqlite3 = spawnSync('sqlite3', ['--version']).status === 0;

describe.skipIf(!hasSqlite3)('the commands for SQLite in docs/backup-restore.md', () => {
  const folder = useFolder();
  const url = `sqlite:${folder}/data/weapp-passport.sqlite`;
  const [backup = '', restore = '', check = ''] = commandsOf('docs/backup-restore.md', 'SQLite');
  let app: NestFastifyApplication;
  const start = async () => {
    app = await createApp(loadConfig({ SECRET_KEY, DATABASE_URL: url, LOG_LEVEL: 'silent' }));
  };
  beforeAll(async () => {
    mkdirSync(`${folder}/data`, { mode: 0o700 });
    await start();
  });
  afterAll(() => app.close());

  /** As an operator does, whose umask lets everybody read. The folder of the service is the one of the test. */
  const sh = (commands: string, cwd = folder) => {
    const here = commands.replaceAll('npm run passport --', `node ${ROOT}dist/apps/cli/src/passport.js`);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `umask 022\n${here}`], {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        SECRET_KEY,
        WEIXIN_API_BASE_URL: 'http://127.0.0.1:1',
        JWT_ISSUER: 'http://127.0.0.1:1',
      },
    });
    return { status, output: stdout + stderr };
  };
  const mode = (name: string) => (statSync(`${folder}/${name}`).mode & 0o777).toString(8);
  const copies = () => readdirSync(`${folder}/backup`).map((name) => `backup/${name}`);
  const addUser = async () => {
    const id = newId();
    const user = {
      id,
      createdAt: 0,
      nickname: null,
      avatarUrl: null,
      disabledAt: null,
      disabledUntil: null,
      mergedInto: null,
      customClaims: null,
    };
    await app.get(Database).write((manager) => manager.insert(User, user));
    return id;
  };
  const usersIn = async (copy: string) =>
    (await rows<{ id: string }>(`sqlite:${folder}/${copy}`, 'SELECT id FROM users ORDER BY id')).map(
      ({ id }) => id,
    );

  it('copy the database of a running service, on the second night too, readable by its user only', async () => {
    const first = await addUser();
    expect(sh(backup)).toEqual({ status: 0, output: expect.stringMatching(/backup\/\S+\.sqlite/) as string });
    await sleep(1100);
    const second = await addUser();
    expect(sh(backup).status).toBe(0);
    const [before = '', after = ''] = copies().toSorted();
    expect([await usersIn(before), await usersIn(after)]).toEqual([[first], [first, second]]);
    expect([mode('backup'), mode(before), mode(after)]).toEqual(['700', '600', '600']);
  });

  it('fail and leave no copy without a database, or of one without the tables of the service', async () => {
    mkdirSync(`${folder}/elsewhere/data`, { recursive: true });
    const elsewhere = () => sh(backup, `${folder}/elsewhere`);
    expect(elsewhere().status).not.toBe(0);
    expect(readdirSync(`${folder}/elsewhere/data`)).toEqual([]);
    spawnSync('sqlite3', [`${folder}/elsewhere/data/weapp-passport.sqlite`, 'CREATE TABLE other (id)']);
    expect(elsewhere().status).not.toBe(0);
    expect(readdirSync(`${folder}/elsewhere/backup`)).toEqual([]);
    await expect(rows(url, 'SELECT 1')).resolves.toBeDefined();
  });

  it('restore the newest copy and preserve the replaced files, and the service starts on it', async () => {
    const known = await usersIn(copies().toSorted().at(-1) ?? '');
    const later = await addUser();
    await app.close();
    await execute(url, "UPDATE users SET nickname = 'damaged'");
    expect(sh(restore)).toMatchObject({ status: 0 });
    const [doctor = '', replay = ''] = check.trim().split('\n');
    // WeChat and the public address do not answer here.
    const { output } = sh(doctor);
    expect(output).toContain('[ok] Database\n');
    expect(output).toContain('[ok] SECRET_KEY and the signing keys\n');
    writeFileSync(`${folder}/data/deletions.jsonl`, '');
    expect(sh(replay)).toMatchObject({ status: 0 });
    await start();
    expect(await usersIn('data/weapp-passport.sqlite')).toEqual(known);
    expect(await app.get(UsersService, { strict: false }).find(later)).toBeNull();
    expect((await app.get(UsersService, { strict: false }).find(known[0] ?? ''))?.nickname).toBeNull();
    expect(mode('data/weapp-passport.sqlite')).toBe('600');
    const aside = readdirSync(`${folder}/data`).find((name) => name.startsWith('before-restore'));
    expect(await usersIn(`data/${String(aside)}/weapp-passport.sqlite`)).toContain(later);
  });
});

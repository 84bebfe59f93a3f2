import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { commandsOf } from '../docs/pages.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { ROOT } from '../support/process.js';
import { execute, fileOf, rows } from '../support/rows.js';
import { type LoginBody, SECRET_KEY } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';
import { buildFirstRelease, hasFirstRelease } from './first-release.js';

const DATA = '/api/weixin/data/';
const hasSqlite3 = spawnSync('sqlite3', ['--version']).status === 0;
const POLL = { timeout: 5000, interval: 50 };

describe.skipIf(!hasFirstRelease())(
  'a database of version 0.1.0 (needs the history of the repository)',
  () => {
    const databaseUrl = useDatabase();
    const folder = useFolder();
    const [before = '', , after = '', vacuum = ''] = commandsOf('docs/upgrade.md', 'From 0.1.0 to 0.2.0');
    const sandbox = createSandbox();
    let old: Instance;
    let current: Instance;
    let sandboxUrl = '';
    /** A user of version 0.1.0, from before the upgrade. */
    let user: LoginBody;
    let migrationsBefore: unknown[];
    let env: Record<string, string> = {};
    let backup: { status: number | null; output: string };
    let doctor: { output: string };

    const code = async (name: string) => {
      const { body } = await call<{ code: string }>(`${sandboxUrl}/sandbox/codes`, { json: { user: name } });
      return body.code;
    };
    const login = async (at: Instance, name: string) => {
      const { status, body } = await call<LoginBody>(`${at.url}/api/weixin/login/`, {
        json: { code: await code(name) },
      });
      expect(status).toBe(200);
      return body;
    };
    const refresh = (at: Instance, token: string) =>
      call<LoginBody & { code?: string }>(`${at.url}/api/token/refresh/`, { json: { refresh: token } });
    /** Runs a command of the page, as an operator does, and returns its output. */
    const sh = async (command: string) => {
      const text = command.replace(
        'npm run passport --',
        `"${process.execPath}" ${ROOT}dist/apps/cli/src/passport.js`,
      );
      const child = spawn('sh', ['-c', text], { cwd: folder, env: { PATH: process.env['PATH'], ...env } });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (part: string) => (output += part));
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, output };
    };
    const read = (at: Instance, token: string) => call(at.url + DATA, { token });

    beforeAll(async () => {
      const root = buildFirstRelease();
      sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
      env = {
        PORT: '0',
        SECRET_KEY,
        DATABASE_URL: databaseUrl,
        WEIXIN_API_BASE_URL: sandboxUrl,
        // One issuer for both: by default it follows the port in this version.
        JWT_ISSUER: 'http://127.0.0.1:8000',
      };
      old = await Instance.start(env, 0, root);
      user = await login(old, 'alice');
      await call(old.url + DATA, { token: user.access, json: { items: ['from 0.1.0'] } });
      const [backUp = '', examine = ''] = before.trim().split('\n');
      backup = await sh(backUp);
      doctor = await sh(examine);
      migrationsBefore = await rows(databaseUrl, 'SELECT name FROM migrations ORDER BY id');
      current = await Instance.start(env);
    }, 600_000);
    afterAll(async () => {
      await current.stop();
      await old.stop();
      await sandbox.close();
    });

    it('is backed up and examined by this version before the upgrade, as docs/upgrade.md says', () => {
      expect(backup.status, backup.output).toBe(databaseKind === 'sqlite' ? 0 : 3);
      expect(backup.output).toMatch(
        { sqlite: /backup\/\S+\.sqlite/, postgres: /pg_dump/, mysql: /mariadb-dump/ }[databaseKind] ?? /^$/,
      );
      if (databaseKind === 'sqlite') expect(readdirSync(join(folder, 'backup'))).toHaveLength(1);
      expect(doctor.output).toContain('[ok] SECRET_KEY and the signing keys\n');
    });

    it('is examined by this version after the upgrade, as docs/upgrade.md says', async () => {
      const [examine = '', keys = ''] = after.trim().split('\n');
      expect((await sh(examine)).output).toMatch(/^\[ok\] Database$/m);
      expect(await sh(keys)).toMatchObject({
        status: 0,
        output: expect.stringMatching(/^current +\S+ /) as string,
      });
    });

    it('is upgraded by the start of this version: the released migrations stay, others are added', async () => {
      const names = await rows(databaseUrl, 'SELECT name FROM migrations ORDER BY id');
      expect(names.slice(0, migrationsBefore.length)).toEqual(migrationsBefore);
      expect(names.length).toBeGreaterThan(migrationsBefore.length);
    });

    it('keeps its users logged in: tokens and documents of 0.1.0 work here, the session is refreshed here', async () => {
      const answer = await read(current, user.access);
      expect(answer.body).toEqual({ code: 'Authenticated.', items: ['from 0.1.0'] });
      const refreshed = await refresh(current, user.refresh);
      expect(refreshed.status).toBe(200);
      expect((await read(old, refreshed.body.access)).status).toBe(200);
      expect(await login(current, 'alice')).toMatchObject({ user_id: user.user_id, is_new_user: false });
    });

    it('serves both versions: they refresh one session in turns, and answer a repeated refresh alike', async () => {
      let { refresh: token } = await login(old, 'in turns');
      for (let turn = 0; turn < 6; turn += 1) {
        const [first, second] = turn % 2 ? [old, current] : [current, old];
        const answered = await refresh(first, token);
        const repeated = await refresh(second, token);
        expect([answered.status, repeated.status]).toEqual([200, 200]);
        expect(claimsOf(repeated.body.refresh).gen).toBe(claimsOf(answered.body.refresh).gen);
        token = answered.body.refresh;
      }
    });

    it('serves a phone that lost an answer of version 0.1.0 and tries again here, an hour later', async () => {
      const { refresh: parent } = await login(old, 'lost answer');
      const lost = await refresh(old, parent);
      const { sid } = claimsOf(parent);
      await execute(databaseUrl, `UPDATE sessions SET rotated_at = rotated_at - 3600000 WHERE id = '${sid}'`);
      const again = await refresh(current, parent);
      expect(again.status).toBe(200);
      expect((await refresh(old, again.body.refresh)).status).toBe(200);
      // The answer that was lost holds a token of the branch that was given up.
      const thief = await refresh(current, lost.body.refresh);
      expect([thief.status, thief.body.code]).toEqual([401, 'refresh_token_reused']);
    });

    it('serves both versions: a logout at one ends the session at the other', async () => {
      for (const [here, there] of [
        [old, current],
        [current, old],
      ] as const) {
        const { access, refresh: token } = await login(here, 'logs out');
        expect((await read(there, access)).status).toBe(200);
        const ended = await call(`${here.url}/api/token/blacklist/`, { json: { refresh: token } });
        expect(ended.status).toBe(200);
        await expect.poll(async () => (await read(there, access)).body['code'], POLL).toBe('token_revoked');
      }
    });

    it('serves both versions: a write with the ETag of the other is refused once the document has changed', async () => {
      const { access: token } = await login(old, 'writes');
      const etag = String((await read(old, token)).headers.get('etag'));
      const write = (at: Instance, ifMatch: string) =>
        call(at.url + DATA, { token, json: { items: [at.url] }, headers: { 'If-Match': ifMatch } });
      expect((await write(current, etag)).status).toBe(200);
      expect((await write(old, etag)).status).toBe(412);
      expect((await write(old, String((await read(current, token)).headers.get('etag')))).status).toBe(200);
    });

    it.skipIf(databaseKind !== 'sqlite' || !hasSqlite3)(
      'is vacuumed when both have ended, as docs/upgrade.md says',
      async () => {
        await Promise.all([old.stop(), current.stop()]);
        const command = vacuum.replace('data/weapp-passport.sqlite', fileOf(databaseUrl));
        expect(await sh(command)).toEqual({ status: 0, output: '' });
        current = await Instance.start(env);
        expect((await login(current, 'alice')).user_id).toBe(user.user_id);
      },
    );
  },
);

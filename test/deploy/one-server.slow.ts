import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { SANDBOX_APPS } from '../../libs/config/src/sandbox-apps.js';
import { commandsOf } from '../docs/pages.js';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort, ROOT } from '../support/process.js';
import type { LoginBody } from '../support/stack.js';

const PAGE = 'deploy/one-server/README.md';
const DATA = '/api/weixin/data/';
const SYSTEMD = fileURLToPath(new URL('systemd.mjs', import.meta.url));
const PROGRAMS = ['bash', 'curl', 'openssl', 'pg_dump', 'pg_restore'];
const missing = PROGRAMS.filter((name) => spawnSync(name, ['--version']).error);
if (missing.length > 0) console.warn(`the tests of ${PAGE} are skipped: ${missing.join(', ')} not found`);

/**
 * The commands are those of the pages, word for word, below a folder of the test. What needs root is imitated: systemd by
 * systemd.mjs, the user by that of the test, Caddy by nothing. npm copies the build of this checkout.
 */
describe.skipIf(missing.length > 0)('one server that is installed by its page, without Docker', () => {
  const stage = useFolder();
  const postgres = useDatabase('postgres');
  const sandbox = createSandbox();
  let sandboxUrl = '';
  let url = '';
  let first: LoginBody;

  /** Runs commands as they are pasted into a shell, in the folder of the service. */
  const sh = async (commands: string) => {
    const [alias = ''] = commandsOf(PAGE, 'Run passport without Docker');
    const text = `shopt -s expand_aliases\n${alias}\n${commands}`
      .replaceAll(/(?<![\w/.-])(?=\/(opt|etc|var\/lib)\/)/g, stage)
      .replaceAll('https://login.example.com', url);
    const child = spawn('bash', ['--norc', '-c', text], {
      cwd: join(stage, 'opt/weapp-passport'),
      env: { PATH: `${stage}/bin:${process.env['PATH'] ?? ''}`, STAGE: stage, LANG: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, output };
  };
  const edit = (change: (text: string) => string) => {
    const file = join(stage, 'etc/weapp-passport.env');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const isUp = () =>
    vi.waitFor(
      async () => {
        expect((await call(`${url}/health/ready`)).status).toBe(200);
      },
      { timeout: 60_000, interval: 50 },
    );
  const login = async (user: string) => {
    const { body } = await call<{ code: string }>(`${sandboxUrl}/sandbox/codes`, { json: { user } });
    const answer = await call<LoginBody>(`${url}/api/weixin/login/`, { json: { code: body.code } });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  const isLoggedIn = async ({ access }: LoginBody) =>
    (await call(url + DATA, { token: access })).body['code'] === 'Authenticated.';

  beforeAll(async () => {
    sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 });
    for (const folder of ['bin', 'etc/caddy', 'etc/systemd/system', 'opt/weapp-passport', 'var/lib'])
      mkdirSync(join(stage, folder), { recursive: true });
    const program = (name: string, text: string) => {
      writeFileSync(join(stage, 'bin', name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(stage, 'bin', name), 0o755);
    };
    for (const name of ['systemctl', 'systemd-run', 'runuser'])
      program(name, `exec "${process.execPath}" "${SYSTEMD}" ${name} "$@"`);
    program('useradd', ':');
    program(
      'npm',
      `case $1 in ci) ln -sfn ${ROOT}node_modules node_modules;; run) cp -r ${ROOT}dist .;; esac`,
    );
    for (const version of ['weapp-passport', 'weapp-passport.new'])
      for (const name of ['deploy', 'package.json'])
        cpSync(join(ROOT, name), join(stage, 'opt', version, name), { recursive: true });
    symlinkSync(process.execPath, join(stage, 'bin/node'));
    url = `http://127.0.0.1:${await freePort()}`;
  });
  afterAll(async () => {
    await sh('systemctl stop weapp-passport');
    await sandbox.close();
  });

  it('serves, and has a private file of settings', async () => {
    const [prepare = '', start = '', proxy = ''] = commandsOf(PAGE, 'Install without Docker');
    expect(await sh(prepare)).toEqual({ status: 0, output: '' });
    expect(statSync(join(stage, 'etc/weapp-passport.env')).mode & 0o777).toBe(0o600);
    const apps = SANDBOX_APPS.map(({ appid, secret }) => `${appid}:${secret}`).join(',');
    const more = [`PORT=${new URL(url).port}`, `WEIXIN_API_BASE_URL=${sandboxUrl}`, 'WEIXIN_ALLOW_HTTP=true'];
    const adminPort = await freePort();
    edit(
      (text) =>
        text
          .replace('JWT_ISSUER=', `JWT_ISSUER=${url}`)
          .replace('WEIXIN_APPS=', `WEIXIN_APPS=${apps}`)
          .replace('ADMIN_PORT=9002', `ADMIN_PORT=${adminPort}`) + `${more.join('\n')}\n`,
    );
    expect(await sh(start)).toEqual({ status: 0, output: '' });
    await isUp();
    expect((await sh(proxy)).output).toContain('"keys":[{');
    expect(await sh(prepare), 'a second time, with the same secret').toEqual({ status: 0, output: '' });
    first = await login('first');
  });

  it('runs the commands of the operator with the settings of the service', async () => {
    const [, commands = ''] = commandsOf(PAGE, 'Run passport without Docker');
    const { output } = await sh(commands);
    expect(output).toContain('[ok] Database\n');
    expect(output).toContain('[ok] SECRET_KEY and the signing keys\n');
    expect(output).toMatch(/#\S{20,}/);
    const copies = readdirSync(join(stage, 'var/lib/weapp-passport-backup'));
    expect(copies).toEqual([expect.stringMatching(/^weapp-passport-.*\.sqlite$/)]);
  });

  it('is restored from its newest backup, with the users of that moment logged in', async () => {
    const later = await login('later');
    const restore = commandsOf(PAGE, 'Backups without Docker').at(-1) ?? '';
    const { status, output } = await sh(restore);
    expect(output).toContain('[ok] Database\n');
    expect(output, 'as the page says').toContain('A ledger cannot be read: ENOENT');
    expect(status).toBe(0);
    await isUp();
    expect(await isLoggedIn(first)).toBe(true);
    expect((await login('later')).user_id).not.toBe(later.user_id);
  });

  it('is updated', async () => {
    const [update = ''] = commandsOf(PAGE, 'Update without Docker');
    expect((await sh(update)).output).toContain('[ok] Database\n');
    await isUp();
    expect(await isLoggedIn(first)).toBe(true);
    expect(readdirSync(join(stage, 'opt'))).toEqual(['weapp-passport', 'weapp-passport.old']);
  });

  it('is moved to PostgreSQL with all users logged in, and restored there', async () => {
    const [stop = '', copy = ''] = commandsOf(PAGE, 'Move to PostgreSQL without Docker');
    await sh(stop.replace('postgres://passport:password@127.0.0.1:5432/passport', postgres));
    expect((await sh(copy)).output).toContain('Copied and compared.');
    expect(readFileSync(join(stage, 'etc/weapp-passport.env'), 'utf8')).toContain(
      `\nDATABASE_URL=${postgres}`,
    );
    await isUp();
    expect(await isLoggedIn(first)).toBe(true);

    const [commands = ''] = commandsOf('docs/backup-restore.md', 'PostgreSQL');
    const [dump = '', restore = ''] = commands.trim().split('\n');
    const server = `DATABASE_URL='${postgres}'\n`;
    expect(await sh(server + dump)).toEqual({ status: 0, output: '' });
    const later = await login('later than the dump');
    expect(await sh(`systemctl stop weapp-passport\n${server}${restore}`)).toEqual({ status: 0, output: '' });
    expect((await sh('passport doctor')).output).toContain('[ok] Database\n');
    await sh('systemctl start weapp-passport');
    await isUp();
    expect(await isLoggedIn(first)).toBe(true);
    expect((await login('later than the dump')).user_id).not.toBe(later.user_id);
  });
});

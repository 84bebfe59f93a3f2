import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { freePort, Program, ROOT } from '../support/process.js';

const run = promisify(execFile);

describe('the npm packages, installed in an empty folder', () => {
  const folder = useFolder();
  const wanted: string[] = [];
  let binary: Buffer;
  // A mirror of sqlite3's binaries, as docs/deploy.md describes it: nothing is compiled or loaded from GitHub.
  const mirror = createServer((request, response) => {
    wanted.push(request.url ?? '');
    response.end(binary);
  });

  beforeAll(async () => {
    const archive = join(folder, 'sqlite3.tar.gz');
    await run('tar', [
      '-czf',
      archive,
      '-C',
      `${ROOT}node_modules/sqlite3`,
      'build/Release/node_sqlite3.node',
    ]);
    binary = readFileSync(archive);
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    await run(process.execPath, ['scripts/build/packages.mjs'], { cwd: ROOT });
    await Promise.all([install('weapp-passport'), install('weapp-sandbox')]);
  }, 600_000);
  afterAll(() => mirror.close());

  /** Packs a package as npm would publish it, and installs that. */
  async function install(name: string): Promise<void> {
    const project = join(folder, name);
    mkdirSync(join(project, 'empty'), { recursive: true });
    const { stdout } = await run('npm', ['pack', '--json', `${ROOT}dist/npm/${name}`], { cwd: project });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const { port } = mirror.address() as AddressInfo;
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], {
      cwd: project,
      env: { ...process.env, npm_config_sqlite3_binary_host: `http://127.0.0.1:${port}` },
    });
  }

  const start = (name: string, env: NodeJS.ProcessEnv, ...args: string[]) =>
    new Program(
      join(folder, name, 'node_modules/.bin', name),
      { LANG: 'C', ...env },
      join(folder, name, 'empty'),
      args,
    );

  it('takes the binary of sqlite3 from the mirror', () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}node_modules/sqlite3/package.json`, 'utf8')) as {
      version: string;
    };
    expect(wanted).toEqual([expect.stringMatching(`^/v${version}/sqlite3-v${version}-napi-v`)]);
  });

  it('weapp-passport starts service, console and sandbox, and a user logs in', async () => {
    const [port, admin, sandbox] = [await freePort(), await freePort(), await freePort()];
    const ports = { PORT: String(port), ADMIN_PORT: String(admin), SANDBOX_PORT: String(sandbox) };
    const program = start('weapp-passport', ports);
    await program.prints('Open this link');
    expect(program.output).toContain('weapp-passport is running.');
    const { body: code } = await call(`http://127.0.0.1:${sandbox}/sandbox/codes`, { json: { user: 'bob' } });
    const login = await call(`http://127.0.0.1:${port}/api/weixin/login`, { json: { code: code['code'] } });
    expect(login.status).toBe(200);
    const token = String(login.body['access']);
    expect((await call(`http://127.0.0.1:${port}/api/me`, { token })).status).toBe(200);
    for (const url of [`http://127.0.0.1:${admin}/`, `http://127.0.0.1:${port}/docs`])
      expect((await fetch(url)).status).toBe(200);
    expect(await program.stop()).toBe(0);
    expect(existsSync(join(folder, 'weapp-passport/empty/data/weapp-passport.sqlite'))).toBe(true);
  });

  it('weapp-passport runs the commands of the operator', async () => {
    const keys = start('weapp-passport', {}, 'keys', 'list', '--json');
    expect(await keys.ended()).toBe(0);
    expect(JSON.parse(keys.output)).toMatchObject({ keys: [{ state: 'current' }, { state: 'next' }] });
    const wrong = start('weapp-passport', {}, 'no-such-command');
    expect(await wrong.ended()).not.toBe(0);
  });

  it('weapp-passport --help describes the start and the commands', async () => {
    const help = start('weapp-passport', {}, '--help');
    expect(await help.ended()).toBe(0);
    expect(help.output).toContain('weapp-passport --miniprogram <folder>');
    expect(help.output).toContain('copy-database');
  });

  it('weapp-passport explains that the binary of sqlite3 is missing', async () => {
    rmSync(join(folder, 'weapp-passport/node_modules/sqlite3/build'), { recursive: true });
    const program = start('weapp-passport', {});
    expect(await program.ended()).toBe(1);
    expect(program.output).toContain('npm_config_sqlite3_binary_host');
  });

  it('weapp-sandbox exchanges a code once, with a mini-program of the developer on its phone', async () => {
    const program = start('weapp-sandbox', {}, '--port', '0', '--miniprogram', `${ROOT}miniprogram`);
    await program.prints('Sandbox on ');
    const [, url = ''] = /Sandbox on (http:\S+)/.exec(program.output) ?? [];
    const { body } = await call(`${url}/sandbox/codes`, { json: { user: 'bob' } });
    const query = `appid=wxsandbox000000001&secret=sandbox-secret&js_code=${String(body['code'])}`;
    const exchange = async () =>
      await (await fetch(`${url}/sns/jscode2session?${query}&grant_type=authorization_code`)).json();
    expect(await exchange()).toHaveProperty('openid');
    expect(await exchange()).toHaveProperty('errcode', 40163);
    expect((await fetch(`${url}/phone/`)).status).toBe(200);
    expect((await fetch(`${url}/phone/phone.js`)).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });

  it('weapp-sandbox refuses an unknown option', async () => {
    const program = start('weapp-sandbox', {}, '--prot', '1');
    expect(await program.ended()).toBe(1);
    expect(program.output).toContain("Unknown option '--prot'");
  });
});

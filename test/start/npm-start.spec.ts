import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { useFolder } from '../support/folder.js';
import { freePort, Program, ROOT } from '../support/process.js';
import { SECRET_KEY } from '../support/stack.js';
import { TutorialPage, type TutorialWx } from './tutorial-page.js';

/** `wx` over real sockets; wx.login asks the sandbox for a code. */
function wxOn(sandbox: string): TutorialWx {
  const storage = new Map<string, unknown>();
  return {
    login: ({ success }) => {
      void call(`${sandbox}/sandbox/codes`, { method: 'POST' }).then(({ body }) => {
        success({ code: String(body['code']) });
      });
    },
    request: ({ url, method, header, data, success }) => {
      void call(url, { ...(method && { method }), ...(header && { headers: header }), json: data }).then(
        ({ status, body }) => {
          success({ statusCode: status, data: body });
        },
      );
    },
    setStorageSync: (key, value) => storage.set(key, value),
    getStorageSync: (key) => storage.get(key) ?? '',
  };
}

const START = 'scripts/start/main.mjs';
/** Set by npm, and by npx. */
const NPM = process.env['npm_execpath'];

describe('npm start', () => {
  const folder = useFolder();
  let program: Program;
  let server = '';
  let sandbox = '';

  beforeAll(async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    server = `http://127.0.0.1:${port}`;
    sandbox = `http://127.0.0.1:${sandboxPort}`;
    program = new Program(
      START,
      { PORT: String(port), SANDBOX_PORT: String(sandboxPort), LANG: 'zh_CN.UTF-8' },
      folder,
      ['--built'],
    );
    await program.prints('正在运行');
  });
  afterAll(() => program.stop());

  it('prints the addresses, in Chinese with a Chinese LANG', () => {
    expect(program.output).toContain(`${server}/docs`);
    expect(program.output).toContain(`curl -X POST ${sandbox}/sandbox/codes`);
    expect(program.output).not.toContain('is running');
  });

  it('follows its ports in tokens, metadata, Swagger UI, the front page and the phone', async () => {
    const { body } = await call(`${server}/api/weixin/login`, { json: { code: 'the code is a mock one' } });
    expect(decodeJwt(String(body['access'])).iss).toBe(server);
    const metadata = await call(`${server}/.well-known/oauth-authorization-server`);
    expect(metadata.body).toMatchObject({ issuer: server, jwks_uri: `${server}/.well-known/jwks.json` });
    const served = [`${server}/docs-json`, `${server}/`, `${sandbox}/`, `${sandbox}/phone/`];
    const [docs, front, , phone] = await Promise.all(served.map(async (url) => (await call(url)).text));
    expect(docs).toContain(`${sandbox}/sandbox/codes`);
    expect(docs).not.toMatch(/127\.0\.0\.1:800[01]/);
    expect(front).toContain('href="/docs"');
    expect(front).toContain(`href="${sandbox}/"`);
    expect(phone).toContain(server);
  });

  it('serves what the tutorial’s page does in its three steps', async () => {
    const page = new TutorialPage(wxOn(sandbox), server);
    expect(await page.login()).toMatchObject({ code: 'success' });
    expect(await page.load()).toEqual({ code: 'Authenticated.', items: [] });
    const items = [{ id: 1, content: '学习小程序', checked: false }];
    expect(await page.save(items)).toEqual({ code: 'post ok' });
    expect(await page.load()).toEqual({ code: 'Authenticated.', items });
    // Its later chapters renew the token by logging in again.
    await page.login();
    expect(await page.load()).toEqual({ code: 'Authenticated.', items });
  });

  it('has made a secret of its own that only its user can read', () => {
    const file = join(folder, 'data/secret.key');
    expect(existsSync(file)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('stops both on Ctrl-C', async () => {
    expect(await program.stop('SIGINT')).toBe(0);
    await expect(fetch(`${server}/docs`)).rejects.toThrow();
    await expect(fetch(`${sandbox}/sandbox/stats`)).rejects.toThrow();
  });
});

describe('npm start', () => {
  const folder = useFolder();

  it.each(['PORT', 'SANDBOX_PORT'])('names a %s that is taken, and starts nothing', async (variable) => {
    const holder = createServer();
    const port = await new Promise<string>((resolve) => {
      holder.listen(0, '127.0.0.1', () => {
        resolve(String((holder.address() as { port: number }).port));
      });
    });
    const program = new Program(START, { PORT: '0', SANDBOX_PORT: '0', [variable]: port }, folder, [
      '--built',
    ]);
    expect(await program.ended()).toBe(1);
    expect(program.output).toBe(
      `Port ${port} is taken by another process: end it, or set ${variable} to a free port.\n`,
    );
    holder.close();
  });

  it('ends the sandbox and says nothing of running if the service does not start', async () => {
    const program = new Program(START, { PORT: '0', SANDBOX_PORT: '0', JWT_ALGORITHM: 'none' }, folder, [
      '--built',
    ]);
    expect(await program.ended()).toBe(1);
    expect(program.output).toContain('JWT_ALGORITHM must be one of');
    expect(program.output).not.toContain('is running');
  });

  it.skipIf(NPM === undefined)('ends the service and the sandbox on a SIGTERM to npm', async () => {
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const env = { PORT: String(port), SANDBOX_PORT: String(sandboxPort), SECRET_KEY };
    const memory = { DATABASE_URL: 'sqlite::memory:', HOME: folder };
    const npm = new Program(String(NPM), { ...env, ...memory }, ROOT, ['start', '--', '--built']);
    await npm.prints('is running');
    await npm.stop('SIGTERM');
    for (const each of [port, sandboxPort])
      await expect(fetch(`http://127.0.0.1:${each}/`)).rejects.toThrow();
  });
});

describe('the scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  it.each(Object.entries(scripts))('run on Windows too: %s', (_, script) => {
    for (const command of script.split(' && '))
      expect(command).toMatch(/^(node|npm|tsc|eslint|prettier|cspell|vitest)( [\w./:-]+)*$/);
  });
});

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { useFolder } from '../support/folder.js';
import { freePort, Program, ROOT } from '../support/process.js';
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

describe('npm start', () => {
  const folder = useFolder();
  let program: Program;
  let server = '';
  let sandbox = '';

  beforeAll(async () => {
    const [port, adminPort, sandboxPort] = [await freePort(), await freePort(), await freePort()];
    server = `http://127.0.0.1:${port}`;
    sandbox = `http://127.0.0.1:${sandboxPort}`;
    program = new Program(
      START,
      {
        PORT: String(port),
        ADMIN_PORT: String(adminPort),
        SANDBOX_PORT: String(sandboxPort),
        LANG: 'zh_CN.UTF-8',
      },
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

  it('uses its ports in tokens, metadata, Swagger UI, the front page and the phone', async () => {
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

  it('serves the three steps of the tutorial’s page', async () => {
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

  it('prints a link that makes the first operator of the console, once', async () => {
    await program.prints('/#/invitation/');
    const [, admin = '', token = ''] = /(http:\S+)\/#\/invitation\/([\w-]{43})/.exec(program.output) ?? [];
    const ask = <Body>(path: string, json?: object) =>
      call<Body>(`${admin}/api/admin/${path}`, { ...(json && { json }), headers: { origin: admin } });
    const open = () => ask<{ role: string; totp: { secret: string } }>('invitations/open', { token });
    const { body } = await open();
    expect(body.role).toBe('owner');
    const code = new TOTP({ secret: Secret.fromBase32(body.totp.secret) }).generate();
    const accepted = await ask('invitations/accept', {
      token,
      code,
      password: 'correct horse battery staple',
    });
    expect(accepted.status).toBe(200);
    expect((await ask('setup')).body).toEqual({ operators: true });
    expect((await open()).status).toBe(404);
  });

  it('generates a secret that only its user can read', () => {
    const file = join(folder, 'data/secret.key');
    expect(existsSync(file)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('stops the service and the sandbox on Ctrl-C', async () => {
    expect(await program.stop('SIGINT')).toBe(0);
    await expect(fetch(`${server}/docs`)).rejects.toThrow();
    await expect(fetch(`${sandbox}/sandbox/stats`)).rejects.toThrow();
  });
});

describe('npm start', () => {
  const folder = useFolder();

  it.each(['PORT', 'SANDBOX_PORT'])('names a %s that is in use, and starts nothing', async (variable) => {
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
});

describe('the scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  it.each(Object.entries(scripts))('use only programs that Windows has: %s', (_, script) => {
    for (const command of script.split(' && '))
      expect(command).toMatch(/^(node|npm|tsc|eslint|prettier|cspell|vitest)( [\w./:=-]+)*$/);
  });
});

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { useFolder } from '../support/folder.js';
import { freePort, Program } from '../support/process.js';
import { TutorialPage, type TutorialWx } from './tutorial-page.js';

/** `wx` over real sockets; wx.login asks the sandbox, which stands for the phone. */
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

describe('npm start', () => {
  const folder = useFolder();
  let program: Program;
  let server = '';
  let sandbox = '';

  beforeAll(async () => {
    // The ports of the README, unless somebody works on this machine with `npm start` running.
    const [port, sandboxPort] = [await freePort(8000), await freePort(8001)];
    server = `http://127.0.0.1:${port}`;
    sandbox = `http://127.0.0.1:${sandboxPort}`;
    program = new Program(
      'scripts/start.mjs',
      { PORT: String(port), SANDBOX_PORT: String(sandboxPort) },
      folder,
    );
    await program.prints('is running');
  });
  afterAll(() => program.stop());

  it('says where to look', () => {
    expect(program.output).toContain(`${server}/docs`);
    expect(program.output).toContain(`curl -X POST ${sandbox}/sandbox/codes`);
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MiniApp from 'node-easywechat/dist/MiniApp/Application.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../../apps/sandbox/server/sandbox.js';
import { call } from '../support/http.js';

// The sandbox is as faithful as a program of strangers finds it: this SDK was written for WeChat, not for us.
describe('node-easywechat, pointed at the sandbox', () => {
  const sandbox = createSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'node-easywechat-'));
  let url = '';

  beforeAll(async () => {
    url = await sandbox.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  /** The SDK as its users set it up, but for the base URL. */
  function miniApp(options: { stable: boolean; secret?: string }) {
    return new MiniApp({
      app_id: 'wxsandbox000000001',
      secret: options.secret ?? 'sandbox-secret',
      use_stable_access_token: options.stable,
      http: { baseURL: url },
      file_cache: {
        path: mkdtempSync(join(folder, 'cache-')),
        dirMode: 0o700,
        fileMode: 0o600,
        ext: '.cache',
      },
    });
  }

  async function ofPhone(path: string, json: object = {}): Promise<Record<string, string>> {
    return (await call<Record<string, string>>(`${url}/sandbox/${path}`, { method: 'POST', json })).body;
  }
  const newCode = async (path: string, json?: object) => String((await ofPhone(path, json))['code']);

  it('gets a session for a code', async () => {
    const session = await miniApp({ stable: true })
      .getUtils()
      .codeToSession(await newCode('codes'));
    expect(session).toEqual({
      openid: expect.stringMatching(/^o[\w-]{27}$/) as string,
      unionid: expect.stringMatching(/^o[\w-]{27}$/) as string,
      session_key: expect.stringMatching(/^[\w+/]{22}==$/) as string,
    });
  });

  it('reports a code that was used', async () => {
    const utils = miniApp({ stable: true }).getUtils();
    const code = await newCode('codes');
    await utils.codeToSession(code);
    await expect(utils.codeToSession(code)).rejects.toThrow(/"errcode":40163/);
  });

  it('decrypts what the phone gives with the session it got', async () => {
    const utils = miniApp({ stable: true }).getUtils();
    const session = await utils.codeToSession(await newCode('codes', { user: 'bob' }));
    const { encryptedData, iv } = await ofPhone('open-data', { user: 'bob' });
    const data: unknown = utils.decryptSession(
      String(session['session_key']),
      String(iv),
      String(encryptedData),
    );
    expect(data).toMatchObject({
      openId: String(session['openid']),
      nickName: 'bob',
      watermark: { appid: 'wxsandbox000000001' },
    });
  });

  it.each([
    ['stable_token', true],
    ['token', false],
  ])('gets an access token from %s and keeps it', async (path, stable) => {
    const calls = async () => Number((await call(`${url}/sandbox/stats`)).body[`/cgi-bin/${path}`]);
    const before = await calls();
    const accessToken = miniApp({ stable }).getAccessToken();
    const token = await accessToken.getToken();
    expect(token).toMatch(/^[\w-]{100,512}$/);
    expect(await accessToken.getToken()).toBe(token);
    expect(await calls()).toBe(before + 1);
  });

  it('reports a wrong secret', async () => {
    const accessToken = miniApp({ stable: true, secret: 'wrong' }).getAccessToken();
    await expect(accessToken.getToken()).rejects.toThrow(/"errcode":40125/);
  });

  it.each([true, false])('gets a phone number, by a stable token: %s', async (stable) => {
    const code = await newCode('phone-codes', { phone: '13123456789' });
    const client = miniApp({ stable }).getClient();
    const response = await client.postJson('/wxa/business/getuserphonenumber', { code });
    expect(response.toObject()).toMatchObject({
      errcode: 0,
      phone_info: {
        phoneNumber: '13123456789',
        countryCode: '86',
        watermark: { appid: 'wxsandbox000000001' },
      },
    });
  });
});

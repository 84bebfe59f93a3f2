import { describe, expect, it } from 'vitest';
import { SECOND_APP, useSandbox } from '../../test/use-sandbox.js';
import { identityOf } from '../state/identity.js';
import { LoginCodes } from '../state/login-codes.js';

const sandbox = useSandbox();
const CODES = '/sandbox/codes';

describe('POST /sandbox/codes', () => {
  it('gives a code of 32 alphanumerics, another one each time', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => sandbox.login()));
    for (const code of codes) expect(code).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(new Set(codes).size).toBe(50);
  });

  it.each([
    ['no body and no content type', {}],
    ['an empty body called JSON', { body: '', headers: { 'content-type': 'application/json' } }],
    [
      'JSON called a form, as curl -d does',
      { body: '{"user":"bob"}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['an empty object', { body: '{}', headers: { 'content-type': 'application/json' } }],
  ])('takes %s', async (_name, init) => {
    const response = await fetch(sandbox.url(CODES), { method: 'POST', ...init });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ code: expect.any(String) as string });
  });

  it('logs alice in to the first app if the request names no user', async () => {
    const unnamed = await sandbox.code2Session(await sandbox.login());
    const alice = await sandbox.code2Session(await sandbox.login({ user: 'alice' }));
    expect(unnamed.json['openid']).toBe(alice.json['openid']);
  });

  it('logs in to the app that is named', async () => {
    const code = await sandbox.login({ appid: SECOND_APP.appid });
    expect((await sandbox.code2Session(code, SECOND_APP)).json).toHaveProperty('openid');
  });

  it.each(['x', '"; DROP TABLE', '小明', 'é'.repeat(64), '__proto__'])('takes the user %j', async (user) => {
    expect((await sandbox.code2Session(await sandbox.login({ user }))).json).toHaveProperty('openid');
  });

  it.each([
    [{ appid: 'wx0000000000000000' }, 'body.appid must be one of "wxsandbox000000001", "wxsandbox000000002"'],
    [{ appid: null }, 'body.appid must be one of "wxsandbox000000001", "wxsandbox000000002"'],
    [{ user: 7 }, 'body.user must be text of 1 to 64 characters'],
    [{ user: '' }, 'body.user must be text of 1 to 64 characters'],
    [{ user: 'x'.repeat(65) }, 'body.user must be text of 1 to 64 characters'],
    [{ usr: 'bob' }, 'body has an unknown member "usr"; allowed are appid, user'],
    [['alice'], 'body must be a JSON object'],
    ['alice', 'body must be a JSON object'],
  ])('answers 400 to %j and says what is allowed', async (body, error) => {
    expect(await sandbox.send('POST', CODES, body)).toMatchObject({ status: 400, json: { error } });
  });

  it('answers 400 to what is not JSON', async () => {
    const response = await fetch(sandbox.url(CODES), { method: 'POST', body: '{"user":' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'the body is not JSON' });
  });
});

it('holds 100,000 codes at once', () => {
  const codes = new LoginCodes();
  const alice = identityOf(SECOND_APP.appid, 'alice');
  const minted = Array.from({ length: 100_000 }, () => codes.mint(alice));
  expect(minted.filter((code) => codes.find(code)?.used === false)).toHaveLength(100_000);
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { refused, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';
import { sessionSignature } from './signature.js';

const sandbox = useSandbox();
const CHECK = '/wxa/checksession';
const RESET = '/wxa/resetusersessionkey';
const OK = { errcode: 0, errmsg: 'ok' };
const INVALID = refused(87009, 'invalid signature');
afterEach(() => vi.useRealTimers());

interface Session {
  openid: string;
  session_key: string;
}

function ask(
  path: string,
  { openid, session_key }: Session,
  query: Record<string, string> = {},
  app?: typeof SECOND_APP,
) {
  const signature = sessionSignature(session_key);
  const all = new URLSearchParams({ openid, signature, sig_method: 'hmac_sha256', ...query });
  return sandbox.withToken('GET', `${path}?${all.toString()}`, undefined, app);
}

describe('the signature', () => {
  it.each([
    ['{"foo":"bar"}', '654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b'],
    ['', '46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128'],
  ])('of %j is the HMAC by the text of the session_key', (message, signature) => {
    expect(sessionSignature('o0q0otL8aEzpcZL/FT9WsQ==', message)).toBe(signature);
  });
});

describe.each([CHECK, RESET])('GET %s', (path) => {
  it('refuses with 87009 the key that a wx.login() has replaced', async () => {
    const old = await sandbox.session();
    const current = await sandbox.session();
    expect(await ask(path, old)).toMatchObject(INVALID);
    expect((await ask(path, current)).json['errcode']).toBe(0);
  });

  it('refuses with 87009 a key replaced by a wx.login() whose code was not exchanged', async () => {
    const old = await sandbox.session();
    await sandbox.login();
    expect(await ask(path, old)).toMatchObject(INVALID);
  });

  it('refuses with 87009 an openid that never logged in', async () => {
    const { session_key } = await sandbox.session();
    expect(await ask(path, { openid: `o${'x'.repeat(27)}`, session_key })).toMatchObject(INVALID);
  });

  it('refuses with 87009 an openid of another app', async () => {
    expect(await ask(path, await sandbox.session(), {}, SECOND_APP)).toMatchObject(INVALID);
  });

  it.each<[number, string, Record<string, string>]>([
    [87008, 'invalid sig_method', { sig_method: '' }],
    [87008, 'invalid sig_method', { sig_method: 'sha1' }],
    [87009, 'invalid signature', { signature: '' }],
    [40003, 'invalid openid', { openid: '' }],
    [40003, 'invalid openid', { openid: '__proto__' }],
  ])('answers %i %s to %j', async (errcode, errmsg, query) => {
    expect(await ask(path, await sandbox.session(), query)).toMatchObject(refused(errcode, errmsg));
  });

  it('wants an access token', async () => {
    expect(await sandbox.send('GET', path)).toMatchObject(refused(41001, 'access_token missing'));
  });
});

it('checksession finds the current key valid', async () => {
  const { status, contentType, json } = await ask(CHECK, await sandbox.session());
  expect({ status, contentType, json }).toEqual({
    status: 200,
    contentType: 'application/json; charset=UTF-8',
    json: OK,
  });
});

describe('resetusersessionkey', () => {
  it('gives a new key, and the old one is worthless', async () => {
    const old = await sandbox.session();
    const { json } = await ask(RESET, old);
    expect(json).toEqual({
      ...OK,
      openid: old.openid,
      session_key: expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/) as string,
    });
    expect(json['session_key']).not.toBe(old.session_key);
    expect(await ask(CHECK, old)).toMatchObject(INVALID);
    expect((await ask(CHECK, json as unknown as Session)).json).toEqual(OK);
  });

  it('does not make the key live longer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const old = await sandbox.session();
    vi.advanceTimersByTime(3 * 24 * 3600_000 - 1000);
    const reset = (await ask(RESET, old)).json as unknown as Session;
    expect((await ask(CHECK, reset)).json).toEqual(OK);
    vi.advanceTimersByTime(1000);
    expect(await ask(CHECK, reset)).toMatchObject(INVALID);
  });
});

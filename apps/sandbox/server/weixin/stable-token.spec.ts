import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refused, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const later = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

async function take(body: Record<string, unknown> = {}) {
  const { json } = await sandbox.stableToken(body);
  return json as { access_token: string; expires_in: number };
}

/** What an API says to a token; 40029 is an answer to the code, so the token was good. */
async function errcodeWith(access_token: string): Promise<unknown> {
  return (await sandbox.getPhoneNumber(access_token, 'none')).json['errcode'];
}

describe('a call without force_refresh', () => {
  it('gives a token of two hours, as JSON', async () => {
    const { status, contentType, json } = await sandbox.stableToken();
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'application/json; charset=UTF-8' });
    expect(json).toEqual({ access_token: expect.any(String) as string, expires_in: 7200 });
    expect(String(json['access_token'])).toMatch(/^[\w-]{100,512}$/);
  });

  it('repeats the token with its remaining life until five minutes are left', async () => {
    const { access_token } = await take();
    later(100);
    expect(await take()).toEqual({ access_token, expires_in: 7100 });
    later(6800);
    expect(await take()).toEqual({ access_token, expires_in: 300 });
  });

  it('renews it then, and the old one lives its five minutes out', async () => {
    const old = await take();
    later(6901);
    const renewed = await take();
    expect(renewed.expires_in).toBe(7200);
    expect(renewed.access_token).not.toBe(old.access_token);
    later(298);
    expect(await errcodeWith(old.access_token)).toBe(40029);
    later(1);
    expect(await errcodeWith(old.access_token)).toBe(42001);
    expect(await errcodeWith(renewed.access_token)).toBe(40029);
  });

  it('gives each app a token of its own', async () => {
    expect((await take()).access_token).not.toBe((await take(SECOND_APP)).access_token);
  });

  it('gives a hundred calls at once one token', async () => {
    const tokens = await Promise.all(Array.from({ length: 100 }, () => sandbox.accessToken()));
    expect(new Set(tokens).size).toBe(1);
  });
});

describe('force_refresh', () => {
  it('kills the old token at once', async () => {
    const old = await take();
    const forced = await take({ force_refresh: true });
    expect(forced).toEqual({ access_token: expect.any(String) as string, expires_in: 7200 });
    expect(await errcodeWith(old.access_token)).toBe(40001);
    expect(await errcodeWith(forced.access_token)).toBe(40029);
  });

  it('refreshes nothing within thirty seconds of the last time', async () => {
    const { access_token } = await take({ force_refresh: true });
    later(29.999);
    expect(await take({ force_refresh: true })).toMatchObject({ access_token });
    later(0.001);
    expect((await take({ force_refresh: true })).access_token).not.toBe(access_token);
  });

  it('works twenty times a day; 45009 then, and the token stays', async () => {
    for (let i = 0; i < 20; i += 1) {
      await take({ force_refresh: true });
      later(30);
    }
    const { access_token } = await take();
    expect(await sandbox.stableToken({ force_refresh: true })).toMatchObject(
      refused(45009, 'reach max api daily quota limit'),
    );
    expect((await take()).access_token).toBe(access_token);
    expect((await sandbox.stableToken({ ...SECOND_APP, force_refresh: true })).json).toHaveProperty(
      'access_token',
    );
    later(24 * 3600);
    expect(await take({ force_refresh: true })).toMatchObject({ expires_in: 7200 });
  });

  it.each(['true', 1, null, {}])('is not asked for by %j', async (force_refresh) => {
    const { access_token } = await take();
    expect((await take({ force_refresh })).access_token).toBe(access_token);
  });
});

describe('a refusal', () => {
  it.each<[number, string, Record<string, unknown>]>([
    [41002, 'appid missing', { appid: undefined }],
    [41002, 'appid missing', { appid: 7 }],
    [40013, 'invalid appid', { appid: 'wx0000000000000000' }],
    [41004, 'appsecret missing', { secret: '' }],
    [40125, 'invalid appsecret', { secret: SECOND_APP.secret }],
    [40002, 'invalid grant_type', { grant_type: undefined }],
    [40002, 'invalid grant_type', { grant_type: 'authorization_code' }],
  ])('is %i %s for %j', async (errcode, errmsg, body) => {
    expect(await sandbox.stableToken(body)).toMatchObject(refused(errcode, errmsg));
  });

  it('is 43002 for a GET', async () => {
    expect(await sandbox.send('GET', '/cgi-bin/stable_token')).toMatchObject(
      refused(43002, 'require POST method'),
    );
  });

  it.each<[number, string, string | undefined]>([
    [44002, 'empty post data', undefined],
    [47001, 'data format error', 'grant_type=client_credential&appid=wxsandbox000000001'],
    [47001, 'data format error', '[]'],
    [47001, 'data format error', 'null'],
  ])('is %i %s for the body %j', async (errcode, errmsg, body) => {
    const response = await fetch(sandbox.url('/cgi-bin/stable_token'), {
      method: 'POST',
      ...(body !== undefined && { body }),
    });
    expect(await response.json()).toEqual(refused(errcode, errmsg).json);
  });
});

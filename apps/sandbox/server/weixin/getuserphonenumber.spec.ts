import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIRST_APP, refused, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
afterEach(() => vi.useRealTimers());

const freezeClock = () => vi.useFakeTimers({ toFake: ['Date'], now: 1637744274_500 });
const INVALID_CODE = refused(40029, 'invalid code', 'wxa/business');

async function phoneOf(phone: Parameters<typeof sandbox.phoneCode>[0]) {
  const { json } = await sandbox.getPhoneNumber(await sandbox.accessToken(), await sandbox.phoneCode(phone));
  return json['phone_info'] as Record<string, unknown>;
}

describe('a success', () => {
  it('returns the number, the second in which the button was pressed and the appid', async () => {
    freezeClock();
    const code = await sandbox.phoneCode({ phone: '13123456789' });
    vi.advanceTimersByTime(60_000);
    const { status, contentType, json } = await sandbox.getPhoneNumber(await sandbox.accessToken(), code);
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'application/json; charset=UTF-8' });
    expect(json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13123456789',
        purePhoneNumber: '13123456789',
        countryCode: '86',
        watermark: { timestamp: 1637744274, appid: FIRST_APP.appid },
      },
    });
  });

  it('puts the country code before a number that is not of China', async () => {
    expect(await phoneOf({ phone: '+852 61234567' })).toMatchObject({
      phoneNumber: '+85261234567',
      purePhoneNumber: '61234567',
      countryCode: '852',
    });
  });

  it('invents a number for a user who has none: the same for the same name, also in another app and after a reset', async () => {
    const { phoneNumber } = await phoneOf({ user: 'alice' });
    expect(phoneNumber).toMatch(/^13\d{9}$/);
    expect((await phoneOf({ user: 'bob' }))['phoneNumber']).not.toBe(phoneNumber);
    await sandbox.send('POST', '/sandbox/reset');
    expect((await phoneOf({ user: 'alice' }))['phoneNumber']).toBe(phoneNumber);
  });

  it.each(['stable_token', 'token'])('takes an access token of %s', async (kind) => {
    const query = new URLSearchParams({ ...FIRST_APP, grant_type: 'client_credential' });
    const { json } =
      kind === 'token'
        ? await sandbox.send('GET', `/cgi-bin/token?${query.toString()}`)
        : await sandbox.stableToken();
    const code = await sandbox.phoneCode();
    expect((await sandbox.getPhoneNumber(String(json['access_token']), code)).json['errcode']).toBe(0);
  });
});

describe('a code', () => {
  it('is 64 hex digits, another one each time', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => sandbox.phoneCode()));
    for (const code of codes) expect(code).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(codes).size).toBe(50);
  });

  it('returns its number once, even to ten concurrent calls', async () => {
    const [token, code] = [await sandbox.accessToken(), await sandbox.phoneCode()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => sandbox.getPhoneNumber(token, code)));
    expect(answers.filter(({ json }) => json['errcode'] === 0)).toHaveLength(1);
    expect(answers.filter(({ json }) => json['errcode'] === 40029)).toHaveLength(9);
  });

  it('lives five minutes', async () => {
    freezeClock();
    const [token, first, second] = [
      await sandbox.accessToken(),
      await sandbox.phoneCode(),
      await sandbox.phoneCode(),
    ];
    vi.advanceTimersByTime(5 * 60_000 - 1);
    expect((await sandbox.getPhoneNumber(token, first)).json['errcode']).toBe(0);
    vi.advanceTimersByTime(1);
    expect(await sandbox.getPhoneNumber(token, second)).toMatchObject(INVALID_CODE);
  });

  it.each([undefined, '', 7, null, ['x'], '0'.repeat(64), '__proto__'])(
    'is 40029 where it is %j',
    async (code) => {
      expect(await sandbox.getPhoneNumber(await sandbox.accessToken(), code)).toMatchObject(INVALID_CODE);
    },
  );

  it('of wx.login() is 40029, and still logs in', async () => {
    const code = await sandbox.login();
    expect(await sandbox.getPhoneNumber(await sandbox.accessToken(), code)).toMatchObject(INVALID_CODE);
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
  });

  it('is 40029 to jscode2session, and still returns its number afterwards', async () => {
    const code = await sandbox.phoneCode();
    expect((await sandbox.code2Session(code)).json['errcode']).toBe(40029);
    expect((await sandbox.getPhoneNumber(await sandbox.accessToken(), code)).json['errcode']).toBe(0);
  });

  it('is 40013 with the token of another app, and still good with its own', async () => {
    const code = await sandbox.phoneCode();
    expect(await sandbox.getPhoneNumber(await sandbox.accessToken(SECOND_APP), code)).toMatchObject(
      refused(40013, 'invalid appid', 'wxa/business'),
    );
    expect((await sandbox.getPhoneNumber(await sandbox.accessToken(), code)).json['errcode']).toBe(0);
  });
});

describe('the access token', () => {
  const NOT_LATEST =
    'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r';

  it.each<[number, string, string]>([
    [41001, 'access_token missing', ''],
    [40014, 'invalid access_token', 'nonsense'],
    [40014, 'invalid access_token', '__proto__'],
    [40001, NOT_LATEST, `89_${'x'.repeat(134)}`],
  ])('is %i %s: %j', async (errcode, errmsg, token) => {
    const code = await sandbox.phoneCode();
    expect(await sandbox.getPhoneNumber(token, code)).toMatchObject(refused(errcode, errmsg, 'wxa/business'));
    expect((await sandbox.getPhoneNumber(await sandbox.accessToken(), code)).json['errcode']).toBe(0);
  });

  it('is 42001 when its two hours are over', async () => {
    freezeClock();
    const token = await sandbox.accessToken();
    vi.advanceTimersByTime(7200_000 - 1);
    expect((await sandbox.getPhoneNumber(token, 'none')).json['errcode']).toBe(40029);
    vi.advanceTimersByTime(1);
    expect(await sandbox.getPhoneNumber(token, 'none')).toMatchObject(
      refused(42001, 'access_token expired', 'wxa/business'),
    );
  });

  it('is looked at before the body', async () => {
    expect((await sandbox.send('POST', '/wxa/business/getuserphonenumber')).json['errcode']).toBe(41001);
  });
});

describe('POST /sandbox/phone-codes', () => {
  it.each<[unknown, string]>([
    [
      { phone: 13800138000 },
      'body.phone must be digits, as 13800138000, or a country code and digits, as "+852 61234567"',
    ],
    [{ phone: '+8613800138000' }, 'body.phone must be digits'],
    [{ phone: '' }, 'body.phone must be digits'],
    [{ code: 1 }, 'body has an unknown member "code"; allowed are appid, user, phone'],
    [{ user: '' }, 'body.user must be text of 1 to 64 characters'],
  ])('answers 400 to %j and says what is allowed', async (body, error) => {
    const { status, json } = await sandbox.send('POST', '/sandbox/phone-codes', body);
    expect(status).toBe(400);
    expect(json['error']).toContain(error);
  });
});

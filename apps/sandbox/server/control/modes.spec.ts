import { describe, expect, it } from 'vitest';
import { FIRST_APP, refused, SECOND_APP, useSandbox } from '../../test/use-sandbox.js';

const sandbox = useSandbox();
const NORMAL = { unbound: false, ipWhitelist: null, secretFrozen: false };
const setApp = (body: object) => sandbox.send('PUT', '/sandbox/apps', body);
const setUser = (body: object) => sandbox.send('PUT', '/sandbox/users', body);

describe('PUT /sandbox/apps', () => {
  it('answers the whole, and leaves alone what is absent', async () => {
    expect((await setApp({})).json).toEqual({ appid: FIRST_APP.appid, ...NORMAL });
    await setApp({ unbound: true, ipWhitelist: ['203.0.113.7'] });
    expect((await setApp({ secretFrozen: true })).json).toEqual({
      appid: FIRST_APP.appid,
      unbound: true,
      ipWhitelist: ['203.0.113.7'],
      secretFrozen: true,
    });
    expect((await setApp({ ipWhitelist: null })).json).toMatchObject({ ipWhitelist: null, unbound: true });
    expect((await setApp({ appid: SECOND_APP.appid })).json).toEqual({ appid: SECOND_APP.appid, ...NORMAL });
  });

  it('is normal again after a reset', async () => {
    await setApp({ unbound: true, ipWhitelist: [], secretFrozen: true });
    await sandbox.send('POST', '/sandbox/reset');
    expect((await setApp({})).json).toMatchObject(NORMAL);
  });

  it.each([
    [{ appid: 'wx0' }, 'body.appid must be one of "wxsandbox000000001", "wxsandbox000000002"'],
    [{ unbound: 1 }, 'body.unbound must be true or false'],
    [{ secretFrozen: null }, 'body.secretFrozen must be true or false'],
    [
      { ipWhitelist: '127.0.0.1' },
      'body.ipWhitelist must be a list of at most 100, each text of 1 to 64 characters, or null',
    ],
    [
      { frozen: true },
      'body has an unknown member "frozen"; allowed are appid, unbound, ipWhitelist, secretFrozen',
    ],
  ])('answers 400 to %j and says what is allowed', async (body, error) => {
    expect(await setApp(body)).toMatchObject({ status: 400, json: { error } });
  });
});

describe('an unbound app', () => {
  it('returns no unionid at login or in open data, and the same one as before when it is bound again', async () => {
    const before = await sandbox.session();
    await setApp({ unbound: true });
    const unbound = await sandbox.session();
    expect(Object.keys(unbound)).toEqual(['session_key', 'openid']);
    expect(unbound.openid).toBe(before.openid);
    expect(await sandbox.session('alice', SECOND_APP)).toHaveProperty('unionid');
    await setApp({ unbound: false });
    expect(await sandbox.session()).toMatchObject({ openid: before.openid, unionid: unionidOf(before) });
  });

  const unionidOf = (session: object) => (session as { unionid: string }).unionid;
});

describe('a whitelist', () => {
  const refusal = refused(40164, 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist');

  it('keeps strangers from access tokens, and from nothing else', async () => {
    const token = await sandbox.accessToken();
    await setApp({ ipWhitelist: ['203.0.113.7'] });
    expect(await sandbox.stableToken()).toMatchObject(refusal);
    const query = new URLSearchParams({ ...FIRST_APP, grant_type: 'client_credential' });
    expect(await sandbox.send('GET', `/cgi-bin/token?${query.toString()}`)).toMatchObject(refusal);
    expect(await sandbox.session()).toHaveProperty('openid');
    expect((await sandbox.getPhoneNumber(token, await sandbox.phoneCode())).json['errcode']).toBe(0);
    expect((await sandbox.stableToken(SECOND_APP)).json).toHaveProperty('access_token');
  });

  it('lets in who stands on it', async () => {
    await setApp({ ipWhitelist: ['203.0.113.7', '127.0.0.1'] });
    expect((await sandbox.stableToken()).json).toHaveProperty('access_token');
  });
});

describe('a frozen secret', () => {
  it('is refused with 40243 wherever a secret is taken; tokens that are out live on', async () => {
    const token = await sandbox.accessToken();
    await setApp({ secretFrozen: true });
    expect(await sandbox.stableToken()).toMatchObject(refused(40243, 'appsecret is frozen'));
    expect((await sandbox.code2Session(await sandbox.login())).json['errcode']).toBe(40243);
    expect((await sandbox.stableToken({ secret: 'wrong' })).json['errcode']).toBe(40125);
    expect((await sandbox.getPhoneNumber(token, await sandbox.phoneCode())).json['errcode']).toBe(0);
  });
});

describe('PUT /sandbox/users', () => {
  it('answers the whole, and leaves alone what is absent', async () => {
    const { json } = await setUser({});
    expect(json).toEqual({ user: 'alice', phone: expect.stringMatching(/^13\d{9}$/) as string, riskRank: 0 });
    await setUser({ phone: '+852 61234567' });
    expect((await setUser({ riskRank: 3 })).json).toEqual({
      user: 'alice',
      phone: '+852 61234567',
      riskRank: 3,
    });
    expect((await setUser({ user: 'bob' })).json).toMatchObject({ riskRank: 0 });
  });

  it('gives the phone number to the buttons of all apps', async () => {
    await setUser({ user: 'bob', phone: '13800138000' });
    for (const app of [FIRST_APP, SECOND_APP]) {
      const code = await sandbox.phoneCode({ appid: app.appid, user: 'bob' });
      expect((await sandbox.getPhoneNumber(await sandbox.accessToken(app), code)).json).toMatchObject({
        phone_info: { phoneNumber: '13800138000', watermark: { appid: app.appid } },
      });
    }
  });

  it('forgets at a reset', async () => {
    await setUser({ riskRank: 4 });
    await sandbox.send('POST', '/sandbox/reset');
    expect((await setUser({})).json).toMatchObject({ riskRank: 0 });
  });

  it.each([
    [{ riskRank: 5 }, 'body.riskRank must be an integer from 0 to 4'],
    [
      { phone: null },
      'body.phone must be digits, as 13800138000, or a country code and digits, as "+852 61234567"',
    ],
    [{ name: 'bob' }, 'body has an unknown member "name"; allowed are user, phone, riskRank'],
  ])('answers 400 to %j and says what is allowed', async (body, error) => {
    expect(await setUser(body)).toMatchObject({ status: 400, json: { error } });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { launch } from '../miniprogram/twin/mini-program.js';
import { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, LOGIN, usedPhone } from './people.js';

const stack = useStack();

afterEach(() => {
  vi.useRealTimers();
});

const someone = { id: expect.any(String) as string };

describe('a login code that the service refuses', () => {
  it.each([40029, 40163])('once (%d) costs one more code and no error', async (errcode) => {
    const phone = new Phone(stack);
    await stack.breakWeixin('errcode', { errcode, times: 1 });
    await expect(launch(phone).ready()).resolves.toEqual(someone);
    expect(phone.logins).toBe(2);
  });

  it('twice is an error', async () => {
    const phone = new Phone(stack);
    await stack.breakWeixin('errcode', { errcode: 40163 });
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'login_code_used' });
    expect(phone.logins).toBe(2);
  });
});

describe('nothing that describes the device stops a login:', () => {
  const devices: [string, (() => unknown) | undefined, string?][] = [
    ['no function', undefined],
    ['a function that throws', () => decodeURI('%')],
    ['nothing', () => undefined],
    ['null members', () => ({ brand: null, model: null })],
    ['no model', () => ({ brand: 'vivo' }), 'vivo'],
    ['a number as the model', () => ({ brand: 'vivo', model: 7 }), 'vivo'],
    ['control characters', () => ({ brand: 'a\u0000\u0007', model: 'b\u009f\u2028\u202e' }), 'a b'],
    ['half a surrogate pair', () => ({ brand: 'x', model: 'y\ud83d' }), 'x y'],
    ['a very long model', () => ({ brand: 'x', model: '长'.repeat(100) }), `x ${'长'.repeat(62)}`],
    ['a model that begins with the brand', () => ({ brand: '荣耀', model: '荣耀 Magic' }), '荣耀 Magic'],
  ];
  it.each(devices)('%s', async (name, device, shown) => {
    const phone = new Phone(stack, name);
    phone.device = device;
    const app = launch(phone);
    const { body } = await app.request({ path: '/api/sessions' });
    if (shown !== undefined) expect(body.sessions).toMatchObject([{ device: shown }]);
    expect(phone.network.to(LOGIN)).toHaveLength(1);
  });

  it('the older getSystemInfoSync names it where getDeviceInfo is missing', async () => {
    const phone = new Phone(stack, 'old phone');
    phone.device = undefined;
    const port = { ...phone.wx(), getSystemInfoSync: () => ({ brand: 'OPPO', model: 'R9' }) };
    const passport = launch(phone).createPassport({ baseUrl: 'http://127.0.0.1:8000', port });
    const { body } = await passport.request({ path: '/api/sessions' });
    expect(body.sessions).toMatchObject([{ device: 'OPPO R9' }]);
  });

  it.each<[string, () => unknown]>([
    ['throws', () => decodeURI('%')],
    ['knows nothing', () => ({})],
    ['has no appId and no envVersion', () => ({ miniProgram: {} })],
    ['has other types', () => ({ miniProgram: { appId: 7, envVersion: null } })],
    ['has a strange appId', () => ({ miniProgram: { appId: 'wx 中', envVersion: 'beta' } })],
  ])('getAccountInfoSync that %s', async (_name, account) => {
    const phone = new Phone(stack);
    const app = launch(phone);
    phone.account = account;
    await expect(app.ready()).resolves.toEqual(someone);
  });
});

describe('a wx.login that', () => {
  it.each(['throws', 'bare'] as const)('«%s» is a failure', async (habit) => {
    const phone = new Phone(stack);
    phone.loginHabit = habit;
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'wx_login_failed' });
  });
});

describe('Retry-After of a login', () => {
  const locked = { status: 503, body: '<html>', headers: { 'retry-after': '86400' } };

  it('of a day locks it for a minute', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    phone.network.weather = locked;
    await expect(app.ready()).rejects.toMatchObject({ status: 503, retryAfterSeconds: 60 });
    phone.network.weather = 'fine';
    await expect(app.ready()).rejects.toMatchObject({ status: 503 });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    await expect(app.ready()).resolves.toEqual(someone);
  });

  it('does not stop the user’s own act, once', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    phone.network.weather = locked;
    await expect(app.ready()).rejects.toMatchObject({ status: 503 });
    await expect(app.login()).rejects.toMatchObject({ status: 503 });
    await expect(app.login()).rejects.toMatchObject({ status: 503 });
    expect(phone.network.to(LOGIN)).toHaveLength(2);
  });

  it('is over when the user’s own act succeeds', async () => {
    const phone = new Phone(stack);
    const app = launch(phone);
    phone.network.weather = locked;
    await expect(app.ready()).rejects.toMatchObject({ status: 503 });
    phone.network.weather = 'fine';
    await app.login();
    await expect(app.request(DATA)).resolves.toMatchObject({ status: 200 });
  });
});

describe('a login with a phone code', () => {
  it('binds the number and returns it', async () => {
    const phone = await usedPhone(stack, 'caller');
    const { body } = await stack.sandbox('POST', '/sandbox/phone-codes', { user: 'caller' });
    const result = await launch(phone).login({ phoneCode: String(body['code']) });
    expect(result).toMatchObject({
      isNewUser: false,
      phone: expect.stringMatching(/^\d{3}\*{4}\d{4}$/) as string,
    });
  });

  it('succeeds without the number if the code is wrong, and returns the reason', async () => {
    const result = await launch(new Phone(stack, 'mistyped')).login({ phoneCode: 'f'.repeat(64) });
    expect(result).toMatchObject({ isNewUser: true, phone: undefined, phoneProblem: 'phone_code_invalid' });
  });
});

describe('a login in the cooling-off of a deletion', () => {
  it('returns when the account is erased, and cancels nothing', async () => {
    const phone = new Phone(stack, 'leaving');
    const app = launch(phone);
    expect(await app.login()).toMatchObject({ isNewUser: true, deletion: undefined });
    const body = { code: await stack.code('leaving') };
    const { body: requested } = await app.request<{ deletes_at: string }>({
      method: 'POST',
      path: '/api/me/deletion',
      body,
    });
    await app.logout();
    expect(await app.login()).toMatchObject({ isNewUser: false, deletion: requested });
    const { body: state } = await app.request({ path: '/api/me/deletion' });
    expect(state).toMatchObject({ deletes_at: requested.deletes_at });
  });
});

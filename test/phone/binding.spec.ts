import { describe, expect, it } from 'vitest';
import { eventsOf } from '../events/events.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { newPerson } from './people.js';

/** Of the right form, and encrypted with no key. */
const BLOCK = Buffer.alloc(16).toString('base64');
const PHONE = { phoneNumber: '13812345678', purePhoneNumber: '13812345678', countryCode: '86' };

describe('a phone number', () => {
  const stack = useStack();

  it('is bound by a code of getPhoneNumber, and shown masked', async () => {
    const { bind, phone, phoneCode } = await newPerson(stack);
    expect(await phone()).toBeNull();
    const { status, body, headers } = await bind({ code: await phoneCode('13812345678') });
    expect([status, body]).toEqual([200, { phone: '138****5678' }]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(await phone()).toBe('138****5678');
  });

  it('may be of another country', async () => {
    const { bind, phone, phoneCode } = await newPerson(stack);
    expect((await bind({ code: await phoneCode('+852 61234567') })).body).toEqual({ phone: '+852****4567' });
    expect(await phone()).toBe('+852****4567');
  });

  it('replaces the one before', async () => {
    const { bind, phone, phoneCode } = await newPerson(stack);
    await bind({ code: await phoneCode('13812345678') });
    await bind({ code: await phoneCode('13987654321') });
    expect(await phone()).toBe('139****4321');
  });

  it('is bound to the caller only', async () => {
    const [alice, bob] = [await newPerson(stack), await newPerson(stack)];
    await alice.bind({ code: await alice.phoneCode('13812345678') });
    expect(await bob.phone()).toBeNull();
  });

  it('may be of a mini-program that is not the default one', async () => {
    const { bind, phoneCode } = await newPerson(stack, 'wxsandbox000000002');
    expect((await bind({ code: await phoneCode('13812345678') })).status).toBe(200);
  });

  it('is stored sealed, with a keyed hash', async () => {
    const { bind, phoneCode, userId } = await newPerson(stack);
    await bind({ code: await phoneCode('13812345678') });
    const [row] = await rows(stack.databaseUrl, `SELECT * FROM user_phones WHERE user_id = '${userId}'`);
    expect(row).toMatchObject({
      phone: expect.stringMatching(/^v1\.[\w-]{11}\.[\w-]+$/) as string,
      phone_hash: expect.stringMatching(/^[\w-]{11}\.[\w-]{43}$/) as string,
    });
  });

  it('is not in the event of its binding', async () => {
    const { bind, phoneCode, userId } = await newPerson(stack);
    await bind({ code: await phoneCode('13812345678') });
    const events = (await eventsOf(stack)).filter(({ user_id }) => user_id === userId);
    expect(events).toMatchObject([
      { kind: 'login' },
      { kind: 'phone_bound', appid: 'wxsandbox000000001', session_id: events[0]?.session_id, detail: null },
    ]);
  });

  it('is bound by encryptedData and the session_key of the login', async () => {
    const { bind, phone, openData } = await newPerson(stack);
    expect((await bind(await openData(PHONE))).body).toEqual({ phone: '138****5678' });
    expect(await phone()).toBe('138****5678');
  });

  it('may have a country code that is a number', async () => {
    const { bind, openData } = await newPerson(stack);
    expect((await bind(await openData({ ...PHONE, countryCode: 86 }))).body).toEqual({
      phone: '138****5678',
    });
  });
});

describe('encryptedData instead of a code', () => {
  const stack = useStack();

  it('is refused with session_key_stale if it does not decrypt, and binds nothing', async () => {
    const [alice, bob] = [await newPerson(stack), await newPerson(stack)];
    const own = await alice.openData(PHONE);
    const foreign = await alice.openData({ ...PHONE, watermark: { appid: 'wx0000000000000000' } });
    const forged = { ...own, iv: (await bob.openData(PHONE)).iv };
    const truncated = { ...own, encryptedData: own.encryptedData.slice(0, 64) };
    for (const json of [await bob.openData(PHONE), foreign, forged, truncated]) {
      const { status, body } = await alice.bind(json);
      expect([status, body['code']]).toEqual([409, 'session_key_stale']);
    }
    await stack.loggedIn(alice.user);
    const old = await alice.bind(own);
    expect([old.status, old.body['code']]).toEqual([409, 'session_key_stale']);
    expect(await alice.phone()).toBeNull();
  });

  it('is refused without a phone number in it', async () => {
    const { bind, openData } = await newPerson(stack);
    for (const data of [{}, { openGId: 'x' }, { purePhoneNumber: '138', countryCode: '86' }]) {
      const { status, body } = await bind(await openData(data));
      expect([status, body['code']]).toEqual([400, 'validation_failed']);
    }
  });
});

describe('a phone code', () => {
  const stack = useStack();

  it('binds once when it is posted ten times concurrently', async () => {
    const { bind, phone, phoneCode, userId } = await newPerson(stack);
    const code = await phoneCode('13812345678');
    const answers = await Promise.all(Array.from({ length: 10 }, () => bind({ code })));
    const codes = answers.map(({ status, body }) => (status === 200 ? 200 : body['code']));
    expect(codes.filter((one) => one === 200)).toHaveLength(1);
    expect(codes.filter((one) => one === 'phone_code_invalid').length).toBeGreaterThan(0);
    expect(await phone()).toBe('138****5678');
    const bound = (await eventsOf(stack)).filter((event) => event.user_id === userId);
    expect(bound.filter(({ kind }) => kind === 'phone_bound')).toHaveLength(1);
  });

  it.each<[string, () => Promise<string>]>([
    ['a login code', () => stack.code()],
    ['an unknown code', () => Promise.resolve('0'.repeat(64))],
    ['nonsense', () => Promise.resolve('&access_token=x#"\r\n')],
  ])('that is %s is phone_code_invalid', async (_, code) => {
    const { bind, phone } = await newPerson(stack);
    const { status, body } = await bind({ code: await code() });
    expect([status, body]).toMatchObject([400, { code: 'phone_code_invalid', weixin_errcode: 40029 }]);
    expect(await phone()).toBeNull();
  });

  it('is no login code', async () => {
    const { phoneCode } = await newPerson(stack);
    const { status, body } = await stack.login<{ code: string }>({ code: await phoneCode() });
    expect([status, body.code]).toEqual([401, 'login_code_invalid']);
  });

  it('is phone_code_invalid if it is of another mini-program, without a warning in the log', async () => {
    const { bind } = await newPerson(stack);
    const { phoneCode } = await newPerson(stack, 'wxsandbox000000002');
    const { status, body } = await bind({ code: await phoneCode() });
    expect([status, body]).toMatchObject([400, { code: 'phone_code_invalid', weixin_errcode: 40013 }]);
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['null', null],
    ['a list', []],
    ['an empty code', { code: '' }],
    ['too long a code', { code: 'x'.repeat(513) }],
    ['null as code', { code: null }],
    ['a number as code', { code: 7 }],
    ['a list as code', { code: ['x'] }],
    ['both forms', { code: 'x', encryptedData: BLOCK, iv: BLOCK }],
    ['one form and a half', { code: 'x', iv: BLOCK }],
    ['half a form', { encryptedData: BLOCK }],
    ['null as iv', { encryptedData: BLOCK, iv: null }],
    ['encryptedData with a + that arrived as a space', { encryptedData: BLOCK.replace('A', ' '), iv: BLOCK }],
    ['encryptedData that ends within a block', { encryptedData: BLOCK.slice(0, 20), iv: BLOCK }],
    ['iv of another length', { encryptedData: BLOCK, iv: BLOCK.slice(0, 20) }],
    ['a phone number', { phone: '13812345678' }],
    ['a phone number beside the code', { code: 'x', purePhoneNumber: '13812345678' }],
  ])('is the only thing it takes, not %s', async (_, json) => {
    const { bind } = await newPerson(stack);
    const { status, body } = await bind(json);
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });

  it('is refused without an access token', async () => {
    const { status, body } = await stack.call('/api/me/phone', { json: { code: 'x' } });
    expect([status, body['code']]).toEqual([401, 'token_missing']);
  });
});

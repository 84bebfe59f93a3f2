import { afterEach, describe, expect, it, vi } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { newPerson } from './people.js';

afterEach(() => vi.useRealTimers());

const PATH = '/wxa/business/getuserphonenumber';

describe('PHONE_BINDINGS_PER_DAY', () => {
  const stack = useStack({ PHONE_BINDINGS_PER_DAY: '2', ACCESS_TOKEN_TTL_SECONDS: '86400' });
  const asked = () => stack.exchanges(PATH);

  it('refuses further bindings of the day without a call to WeChat', async () => {
    const { bind, phoneCode } = await newPerson(stack);
    for (const phone of ['13812345601', '13812345602'])
      expect((await bind({ code: await phoneCode(phone) })).status).toBe(200);
    const before = await asked();
    const { status, body, headers } = await bind({ code: await phoneCode() });
    expect([status, body['code']]).toEqual([429, 'phone_bindings_exhausted']);
    const retryAfter = Number(headers.get('retry-after'));
    expect((Date.now() + retryAfter * 1000) % 86_400_000).toBeLessThan(2000);
    expect(await asked()).toBe(before);
    const other = await newPerson(stack);
    expect((await other.bind({ code: await other.phoneCode() })).status).toBe(200);
  });

  it('counts concurrent calls one by one', async () => {
    const { bind, phoneCode } = await newPerson(stack);
    const codes = await Promise.all(Array.from({ length: 6 }, () => phoneCode()));
    // Brings an access token that WeChat still knows after its reset.
    await bind({ code: 'wrong' });
    const before = await asked();
    const answers = await Promise.all(codes.map((code) => bind({ code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429, 429]);
    expect(await asked()).toBe(before + 2);
  });

  it('counts both forms', async () => {
    const { bind, phoneCode, openData } = await newPerson(stack);
    const phone = { purePhoneNumber: '13812345678', countryCode: '86' };
    expect((await bind({ code: await phoneCode() })).status).toBe(200);
    expect((await bind(await openData(phone))).status).toBe(200);
    expect((await bind(await openData(phone))).status).toBe(429);
  });

  it('does not count a code that WeChat refuses', async () => {
    const { bind, phoneCode } = await newPerson(stack);
    for (let count = 0; count < 5; count += 1) expect((await bind({ code: 'wrong' })).status).toBe(400);
    for (let count = 0; count < 2; count += 1)
      expect((await bind({ code: await phoneCode() })).status).toBe(200);
    expect((await bind({ code: await phoneCode() })).status).toBe(429);
  });

  it('begins again at 00:00 UTC', async () => {
    const { bind, phoneCode } = await newPerson(stack);
    const tomorrow = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
    vi.useFakeTimers({ toFake: ['Date'], now: tomorrow - 1000 });
    for (const status of [200, 200, 429])
      expect((await bind({ code: await phoneCode() })).status).toBe(status);
    vi.setSystemTime(tomorrow);
    for (const status of [200, 200, 429])
      expect((await bind({ code: await phoneCode() })).status).toBe(status);
    // Another instance, whose clock is a second behind, does not bring yesterday back.
    vi.setSystemTime(tomorrow - 1000);
    expect((await bind({ code: await phoneCode() })).status).toBe(429);
  });

  it('is refused for a user who does not exist', async () => {
    const { bind, phoneCode, userId } = await newPerson(stack);
    await execute(stack.databaseUrl, `UPDATE users SET merged_into = 'other' WHERE id = '${userId}'`);
    const { status, body } = await bind({ code: await phoneCode() });
    expect([status, body['code']]).toEqual([401, 'token_revoked']);
    expect(await rows(stack.databaseUrl, `SELECT * FROM user_phones WHERE user_id = '${userId}'`)).toEqual(
      [],
    );
  });
});

describe('PHONE_BINDINGS_PER_DAY=0', () => {
  const stack = useStack({ PHONE_BINDINGS_PER_DAY: '0' });

  it('refuses every binding with phone_binding_disabled', async () => {
    const { bind, phoneCode, openData } = await newPerson(stack);
    const old = await openData({ purePhoneNumber: '13812345678', countryCode: '86' });
    for (const json of [{ code: await phoneCode() }, old]) {
      const { status, body, headers } = await bind(json);
      expect([status, body['code']]).toEqual([403, 'phone_binding_disabled']);
      expect(headers.has('retry-after')).toBe(false);
    }
    expect(await stack.exchanges(PATH)).toBe(0);
  });
});

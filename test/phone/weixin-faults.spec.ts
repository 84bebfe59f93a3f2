import { beforeEach, describe, expect, it } from 'vitest';
import { eventsOf } from '../events/events.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { newPerson, type Person } from './people.js';

const PATH = '/wxa/business/getuserphonenumber';
const APPID = 'wxsandbox000000001';
const INFO = {
  phoneNumber: '13123456789',
  purePhoneNumber: '13123456789',
  countryCode: 86,
  watermark: { timestamp: 1637744274, appid: APPID },
};

describe('when WeChat fails at a phone number', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '300', PHONE_BINDINGS_PER_DAY: '1' });
  let person: Person;
  beforeEach(async () => {
    person = await newPerson(stack);
    // An answer: the failures of several tests would add up to an open circuit.
    await person.bind({ code: 'wrong' });
  });
  const breakPhone = (kind: string, members: object = {}) => stack.breakWeixin(kind, members, PATH);
  const answering = (phone_info: unknown) =>
    breakPhone('body', { body: { errcode: 0, errmsg: 'ok', phone_info } });

  /** No number is bound or returned, and the one binding of the day is still available. */
  async function leavesNothing() {
    expect(await person.phone()).toBeNull();
    const sql = `SELECT phone, phone_hash, bound_at, quota_used FROM user_phones WHERE user_id = '${person.userId}'`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([
      { phone: null, phone_hash: null, bound_at: null, quota_used: 0 },
    ]);
    const events = (await eventsOf(stack)).filter(({ user_id }) => user_id === person.userId);
    expect(events.map(({ kind }) => kind)).toEqual(['login']);
    await stack.fixWeixin();
    expect((await person.bind({ code: await person.phoneCode() })).status).toBe(200);
  }

  it.each<[string, string, object, number, string]>([
    ['hangs', 'hang', {}, 504, 'weixin_timeout'],
    ['drips', 'drip', {}, 504, 'weixin_timeout'],
    ['resets the connection', 'reset', {}, 502, 'weixin_unavailable'],
    ['resets it after the code is used', 'reset', { when: 'after' }, 502, 'weixin_unavailable'],
    ['answers HTTP 500', 'status', { status: 500 }, 502, 'weixin_unavailable'],
    ['answers HTTP 412', 'status', { status: 412 }, 502, 'weixin_unavailable'],
    ['redirects', 'redirect', { location: `${PATH}?elsewhere` }, 502, 'weixin_unavailable'],
    ['answers a page', 'html', {}, 502, 'weixin_unavailable'],
    ['is cut off in the middle', 'truncate', {}, 502, 'weixin_unavailable'],
    ['answers nothing', 'empty', {}, 502, 'weixin_unavailable'],
    ['answers 10 MB', 'huge', {}, 502, 'weixin_unavailable'],
    ['answers a list', 'body', { body: [] }, 502, 'weixin_unavailable'],
    ['is busy', 'errcode', { errcode: -1 }, 503, 'weixin_busy'],
    ['refuses the code', 'errcode', { errcode: 40029 }, 400, 'phone_code_invalid'],
    ['refuses the code in text', 'errcode', { errcode: '40029' }, 400, 'phone_code_invalid'],
    ['has the code from another app', 'errcode', { errcode: 40013 }, 400, 'phone_code_invalid'],
    ['never takes the access token', 'errcode', { errcode: 40001 }, 502, 'weixin_unavailable'],
    ['answers an unknown errcode', 'errcode', { errcode: 99999 }, 502, 'weixin_unavailable'],
  ])('nothing is bound and nothing lost: it %s', async (_, kind, members, status, code) => {
    await breakPhone(kind, members);
    const answer = await person.bind({ code: await person.phoneCode('13123456789') });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/13123456789/);
    await leavesNothing();
  });

  it.each<[string, unknown]>([
    ['no phone_info', undefined],
    ['null', null],
    ['text', '13123456789'],
    ['a list', [INFO]],
    ['no watermark', { ...INFO, watermark: undefined }],
    ['a watermark that is text', { ...INFO, watermark: APPID }],
    // So the example of another SDK has it.
    ['a watermark without an app', { ...INFO, watermark: { timestamp: 1637744274, appid: '' } }],
    [
      'the watermark of another app',
      { ...INFO, watermark: { ...INFO.watermark, appid: 'wx0000000000000000' } },
    ],
    ['no country code', { ...INFO, countryCode: undefined }],
    ['a country code that is an object', { ...INFO, countryCode: {} }],
    ['no number', { ...INFO, purePhoneNumber: undefined }],
    ['a number that is a number', { ...INFO, purePhoneNumber: 13123456789 }],
    ['a number with letters', { ...INFO, purePhoneNumber: '1312345678x' }],
  ])('weixin_unavailable where it answers %s', async (_, info) => {
    await answering(info);
    const { status, body } = await person.bind({ code: 'any' });
    expect([status, body['code']]).toEqual([502, 'weixin_unavailable']);
    await leavesNothing();
  });

  it('accepts a country code that is a number or text', async () => {
    await answering(INFO);
    expect((await person.bind({ code: 'any' })).body).toEqual({ phone: '131****6789' });
  });

  it('never sends a phone code twice', async () => {
    for (const [kind, members] of [
      ['reset', {}],
      ['status', { status: 503 }],
      ['hang', {}],
      ['errcode', { errcode: -1 }],
    ] as const) {
      const before = await stack.exchanges(PATH);
      await breakPhone(kind, members);
      await person.bind({ code: 'any' });
      expect(await stack.exchanges(PATH), kind).toBe(before + 1);
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionKeysService } from '../../libs/weixin/src/index.js';
import { eventsOf } from '../events/events.js';
import { everythingIn, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { newPerson, type Person } from './people.js';

const PHONE = '13655557777';
const SESSION_KEY = Buffer.from('canary-of-a-key!').toString('base64');
const RESET_KEY = Buffer.from('canary-of-reset!').toString('base64');
const ACCESS_TOKEN = 'canary-access-token-0123456789';
const APPID = 'wxsandbox000000001';
const PHONE_PATH = '/wxa/business/getuserphonenumber';

/** The forms in which a secret could lie somewhere. */
const formsOf = (secret: string | Buffer) => [
  secret.toString('latin1' as never),
  encodeURIComponent(secret.toString('latin1' as never)),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
];

describe('session_key, phone number and access token', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '300', PHONE_BINDINGS_PER_DAY: '100' });
  const answers: string[] = [];
  let person: Person;

  beforeAll(async () => {
    person = await newPerson(stack);
  });
  const faults = (...list: object[]) => stack.sandbox('PUT', '/sandbox/faults', list);
  const token = {
    path: '/cgi-bin/stable_token',
    kind: 'body',
    body: { access_token: ACCESS_TOKEN, expires_in: 7200 },
  };
  const phone = (info: object = {}) => ({
    path: PHONE_PATH,
    kind: 'body',
    body: {
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: PHONE,
        purePhoneNumber: PHONE,
        countryCode: '86',
        watermark: { timestamp: 1, appid: APPID },
        ...info,
      },
    },
  });
  const ask = async (path: string, json: unknown, method = 'POST') => {
    const { text, headers, body } = await stack.call(path, { method, token: person.token, json });
    answers.push(text, JSON.stringify([...headers]));
    return body;
  };

  it('arrive at the service, so that the next tests can find them', async () => {
    await faults(token, phone());
    expect(await ask('/api/me/phone', { code: 'any' })).toEqual({ phone: '136****7777' });
    expect(await ask('/api/me', undefined, 'GET')).toMatchObject({ phone: '136****7777' });
    const [row] = await rows<{ id: string; openid: string }>(
      stack.databaseUrl,
      `SELECT id, openid FROM weixin_identities WHERE user_id = '${person.userId}'`,
    );
    const [code2session, reset] = [SESSION_KEY, RESET_KEY].map((session_key) => ({
      body: { errcode: 0, openid: row?.openid, session_key },
    }));
    await faults({ path: '/sns/jscode2session', kind: 'body', ...code2session });
    const { text, body } = await stack.login({ code: 'any' });
    answers.push(text);
    person = { ...person, token: body.access };
    await faults(token, { path: '/wxa/resetusersessionkey', kind: 'body', ...reset });
    expect(await stack.service(SessionKeysService).resetUserSessionKey(row?.id ?? '')).toBe('valid');
  });

  it.each<[string, object]>([
    ['hangs', { path: PHONE_PATH, kind: 'hang' }],
    ['resets', { path: PHONE_PATH, kind: 'reset', when: 'after' }],
    [
      'echoes the request',
      { path: PHONE_PATH, kind: 'errcode', errcode: 40029, errmsg: `invalid ${ACCESS_TOKEN}` },
    ],
    [
      'names the app and the user',
      { path: PHONE_PATH, kind: 'errcode', errcode: 77777, errmsg: `key ${SESSION_KEY}` },
    ],
    ['gives the number of another app', phone({ watermark: { timestamp: 1, appid: 'wx0000000000000000' } })],
    ['gives half a number', phone({ countryCode: 'x' })],
    [
      'breaks off in the number',
      { path: PHONE_PATH, kind: 'body', body: `{"phone_info":{"phoneNumber":"${PHONE}"` },
    ],
    ['gives a token and a fault', { path: PHONE_PATH, kind: 'errcode', errcode: 40001 }],
  ])('stay inside while WeChat %s', async (_, fault) => {
    await faults(token, fault);
    expect(await ask('/api/me/phone', { code: 'any' })).toHaveProperty('code');
  });

  it('do not leave the service when the data is malformed', async () => {
    expect(
      await ask('/api/weixin/open-data', { encryptedData: SESSION_KEY, iv: SESSION_KEY }),
    ).toHaveProperty('code');
    expect(await ask('/api/me/phone', { encryptedData: SESSION_KEY, iv: SESSION_KEY })).toHaveProperty(
      'code',
    );
  });

  afterAll(async () => {
    const places = {
      answers: answers.join(''),
      events: JSON.stringify(await eventsOf(stack)),
      logs: stack.logs.join(''),
      database: await everythingIn(stack.databaseUrl),
    };
    expect(places.events).toContain('phone_bound');
    const secrets = [
      PHONE,
      `+86${PHONE}`,
      ACCESS_TOKEN,
      ...[SESSION_KEY, RESET_KEY].flatMap((key) => [key, Buffer.from(key, 'base64')]),
    ];
    for (const form of secrets.flatMap(formsOf))
      for (const [place, text] of Object.entries(places))
        expect(text.includes(form), `${form} in ${place}`).toBe(false);
  });
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { everythingIn } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

/** 16 bytes, like WeChat's session_key. */
const SESSION_KEY = Buffer.from('canary-of-a-key!').toString('base64');
const APP_SECRET = 'sandbox-secret';
const OPENID = 'oCanaryOpenid000000000000001';

/** The encodings in which a secret could be stored or sent. */
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
];
const SESSION_KEY_FORMS = [
  ...formsOf(SESSION_KEY),
  ...formsOf(Buffer.from(SESSION_KEY, 'base64').toString('latin1')),
];

describe('secrets', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '300' });
  const answers: string[] = [];
  const tokens: string[] = [];
  beforeEach(() => stack.weixinAnswers());

  const attempt = async (json: unknown) => {
    const { text, headers, body } = await stack.login(json);
    answers.push(text, JSON.stringify([...headers]));
    if (body.access) tokens.push(body.access, body.refresh);
    return text;
  };

  it('reach the service: it receives the canaries of these tests', async () => {
    await stack.breakWeixin('body', { body: { openid: OPENID, session_key: SESSION_KEY } });
    expect(await attempt({ code: 'canary-code' })).toContain('"success"');
    expect(await attempt({ code: 'canary-code' })).toContain('"is_new_user":false');
  });

  it.each<[string, object]>([
    ['hang', {}],
    ['drip', {}],
    ['reset', {}],
    ['reset', { when: 'after' }],
    ['status', { status: 500 }],
    ['redirect', { location: 'http://127.0.0.1:9/elsewhere' }],
    ['html', {}],
    ['empty', {}],
    ['truncate', {}],
    ['huge', {}],
    ['errcode', { errcode: 40125 }],
    ['errcode', { errcode: 12345 }],
    ['body', { body: { session_key: SESSION_KEY } }],
    ['body', { body: { openid: 7, session_key: SESSION_KEY } }],
    ['body', { body: { openid: OPENID, session_key: SESSION_KEY, unionid: 7 } }],
    ['body', { body: { errcode: 40029, openid: OPENID, session_key: SESSION_KEY } }],
    ['errcode', { errcode: 40029, errmsg: `secret ${APP_SECRET} code canary-code key ${SESSION_KEY}` }],
    ['errcode', { errcode: 77777, errmsg: `?secret=${APP_SECRET}&js_code=canary-code ${OPENID}` }],
    ['body', { body: `{"openid":"${OPENID}","session_key":"${SESSION_KEY}"` }],
  ])('are in no answer and no log line after this fault of WeChat: %s %j', async (kind, members) => {
    await stack.breakWeixin(kind, members);
    expect(await attempt({ code: 'canary-code' })).toContain('"code":');
  });

  it('are in no answer and no log line after a malformed request', async () => {
    await attempt({ code: { secret: 'canary-code' } });
    await attempt({ code: 'x'.repeat(600), secret: 'canary-code' });
    await stack.call('/api/weixin/data/', { token: 'canary.code.token' });
    await stack.call('/api/weixin/data/?access_token=canary-code');
  });

  afterAll(async () => {
    const logs = stack.logs.join('');
    const database = await everythingIn(stack.databaseUrl);
    expect(database).toContain(OPENID);
    expect(tokens).toHaveLength(4);

    for (const form of [...SESSION_KEY_FORMS, ...formsOf(APP_SECRET), ...formsOf(SECRET_KEY)]) {
      for (const [place, text] of Object.entries({ answers: answers.join(''), logs, database })) {
        expect(text.includes(form), `${form} in ${place}`).toBe(false);
      }
    }
    for (const token of [...tokens, 'canary.code.token']) {
      expect(logs).not.toContain(token);
      expect(database).not.toContain(token);
    }
    expect(logs, 'login codes in the log').not.toContain('canary-code');
    expect(logs, 'openids in the log').not.toContain(OPENID);
  });
});

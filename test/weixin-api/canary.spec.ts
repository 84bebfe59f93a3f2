import { inspect } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AuthorizedApiService } from '../../libs/weixin-api/src/access-token/authorized-api.service.js';
import { everythingIn, execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { APP, AUTHORIZED_PATH, TOKEN_PATH } from './authorized-calls.js';

const TOKEN = '89_canary-of-an-access-token-as-long-as-they-are-0123456789';
/** Nothing would cut it out of a log but the knowledge that it was sent. */
const SHORT_TOKEN = 'short.canary';
const PHONE_CODE = 'canary#code';

/** The forms in which a secret could lie somewhere. */
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
];

describe('the AppSecret and the access token', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '300' });
  const errors: string[] = [];

  beforeEach(async () => {
    await execute(stack.databaseUrl, 'DELETE FROM weixin_access_tokens');
    await stack.restart();
  });

  const attempt = async () => {
    const request = { method: 'POST', path: AUTHORIZED_PATH, body: { code: PHONE_CODE } } as const;
    const error: unknown = await stack
      .service(AuthorizedApiService)
      .call(APP, request)
      .catch((thrown: unknown) => thrown);
    errors.push(inspect(error, { depth: 20, showHidden: true }));
  };

  it.each([
    [TOKEN_PATH, TOKEN],
    [AUTHORIZED_PATH, TOKEN],
    [AUTHORIZED_PATH, SHORT_TOKEN],
  ])('are in no answer and no log while %s fails in every way, with the token %s', async (path, token) => {
    // What was sent comes back; the fetch of a token sent the AppSecret, the call the token and the code.
    const sent = path === TOKEN_PATH ? `secret=${APP.secret}` : `{"code":"${PHONE_CODE}"}`;
    const echo = `?access_token=${token} ${sent}`;
    const given = { path: TOKEN_PATH, kind: 'body', body: { access_token: token, expires_in: 7200 } };
    for (const fault of [
      { kind: 'hang' },
      { kind: 'reset' },
      { kind: 'status', status: 500 },
      { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' },
      { kind: 'html' },
      { kind: 'body', body: echo },
      { kind: 'body', body: { errcode: 'none', errmsg: echo } },
      { kind: 'errcode', errcode: 40001, errmsg: echo },
      { kind: 'errcode', errcode: 40125, errmsg: echo },
      { kind: 'errcode', errcode: 99999, errmsg: echo },
    ]) {
      await stack.sandbox('PUT', '/sandbox/faults', [{ path, times: 2, ...fault }, given]);
      await attempt();
    }
    await stack.sandbox('PUT', '/sandbox/faults', [given]);
    await attempt();
  });

  afterAll(async () => {
    const database = await everythingIn(stack.databaseUrl);
    const logs = stack.logs.join('');
    expect(errors).toHaveLength(33);
    expect(database).toContain('weixin_access_tokens');
    expect(logs).toContain('99999');
    for (const form of [TOKEN, SHORT_TOKEN, APP.secret, PHONE_CODE].flatMap(formsOf))
      for (const [place, text] of Object.entries({ errors: errors.join(''), logs, database }))
        expect(text.includes(form), `${form} in ${place}`).toBe(false);
  });
});

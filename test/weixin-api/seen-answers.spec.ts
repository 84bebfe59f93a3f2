import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { WeixinRefusal } from '../../libs/weixin-api/src/index.js';
import { WeixinApiService } from '../../libs/weixin-api/src/api/weixin-api.service.js';
import { useStack } from '../support/stack.js';

/** Bodies that people have seen WeChat answer with, what the service makes of them, and the rid that support asks for. */
const SEEN: [body: { errcode: number; errmsg: string }, code: string, rid?: string][] = [
  [
    { errcode: 40029, errmsg: 'invalid code, rid: 6129ee10-272863a4-64d75414' },
    'login_code_invalid',
    '6129ee10-272863a4-64d75414',
  ],
  [{ errcode: 40029, errmsg: 'invalid code, hints: [ req_id: N37KMa0605th21 ]' }, 'login_code_invalid'],
  [
    { errcode: 40163, errmsg: 'code been used, rid: 680a9de1-5392a330-75f1ca8d' },
    'login_code_used',
    '680a9de1-5392a330-75f1ca8d',
  ],
  [{ errcode: 40226, errmsg: 'code blocked, hints: [ req_id: qEjdmsNre-EYNDhA ]' }, 'login_blocked'],
  [
    { errcode: 40013, errmsg: 'invalid appid rid: 655d878c-2e41a3f4-65f9b9ba' },
    'weixin_misconfigured',
    '655d878c-2e41a3f4-65f9b9ba',
  ],
  [
    { errcode: 40125, errmsg: 'invalid appsecret rid: 67b81456-7702e5f9-2c9e1783' },
    'weixin_misconfigured',
    '67b81456-7702e5f9-2c9e1783',
  ],
  [
    { errcode: 41002, errmsg: 'appid missing rid: 6312cfb8-0d23d03a-67a424e5' },
    'weixin_misconfigured',
    '6312cfb8-0d23d03a-67a424e5',
  ],
  [
    {
      errcode: 40164,
      errmsg:
        'invalid ip 218.58.124.130 ipv6 ::ffff:218.58.124.130, not in whitelist rid: 611740a4-27f9a8ba-065da01b',
    },
    'weixin_misconfigured',
    '611740a4-27f9a8ba-065da01b',
  ],
  [
    { errcode: 40029, errmsg: 'invalid code hint: [AEODTVNre-VuD5CA] rid: 630d6f98-39ffef88-0a3d55d8' },
    'login_code_invalid',
    '630d6f98-39ffef88-0a3d55d8',
  ],
  [
    { errcode: 87009, errmsg: 'invalid signature rid: 6552e3da-6397437b-3f0d4f01' },
    'session_key_stale',
    '6552e3da-6397437b-3f0d4f01',
  ],
  [
    { errcode: 61010, errmsg: 'code is expired rid: 62cfbbd6-5f9fe87d-19ebfe04' },
    'session_key_stale',
    '62cfbbd6-5f9fe87d-19ebfe04',
  ],
  [{ errcode: 45009, errmsg: 'api freq out of limit' }, 'weixin_busy'],
];

let answer: object = {};
const weixin = createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'text/plain').end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => weixin.listen(0, '127.0.0.1', resolve));

describe('an answer of WeChat that was recorded', () => {
  const { port } = weixin.address() as AddressInfo;
  const stack = useStack({ WEIXIN_API_BASE_URL: `http://127.0.0.1:${port}` });
  afterAll(() => weixin.close());

  it.each(SEEN)('is understood: %j', async (body, code, rid) => {
    answer = body;
    const app = { appid: 'wxsandbox000000001', secret: 'sandbox-secret' };
    const refusal: unknown = await stack
      .service(WeixinApiService)
      .call(app, { method: 'GET', path: '/sns/jscode2session' })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WeixinRefusal);
    const { code: given, errcode, options } = refusal as WeixinRefusal;
    expect([given, errcode, options.members?.['weixin_rid']]).toEqual([code, body.errcode, rid]);
  });

  it.each([40001, 41001])(
    'that the access token is not accepted is no fault of the caller: %d',
    async (errcode) => {
      answer = { errcode, errmsg: 'access_token missing rid: 66739825-3646610c-1b890536' };
      const { status, body } = await stack.login<{ weixin_errcode: number }>({ code: 'any' });
      expect(status).toBeGreaterThanOrEqual(500);
      expect(body.weixin_errcode).toBe(errcode);
    },
  );

  it('is a login without any errcode', async () => {
    answer = { session_key: '5tF5KuDigyB6e4m7FigHvw==', openid: 'orWy35UBNFZyReiUYVZvtPrqht-0' };
    expect((await stack.login({ code: 'any' })).status).toBe(200);
  });
});

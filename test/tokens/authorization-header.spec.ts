import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('Authorization header', () => {
  const stack = useStack();
  let access = '';
  beforeAll(async () => {
    ({ access } = await stack.loggedIn());
  });

  const knock = async (authorization: string, path = '/api/weixin/data/') => {
    const answer = await stack.call(path, { headers: { authorization } });
    return [answer.status, answer.body['code']];
  };

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'is accepted with the scheme in any case: %s',
    async (scheme) => {
      expect(await knock(`${scheme} ${access}`)).toEqual([200, 'Authenticated.']);
    },
  );

  it('is token_missing with another scheme or none', async () => {
    for (const value of [
      '',
      'Basic YTpi',
      `Token ${access}`,
      access,
      `Bearer=${access}`,
      `"Bearer ${access}"`,
    ]) {
      expect(await knock(value), value).toEqual([401, 'token_missing']);
    }
  });

  it('is token_invalid with more than one token', async () => {
    for (const value of [
      'Bearer',
      `Bearer ${access} ${access}`,
      `Bearer ${access},${access}`,
      `Bearer "${access}"`,
    ]) {
      expect(await knock(value), value).toEqual([401, 'token_invalid']);
    }
  });

  it('is token_invalid if sent twice, even if one of the two is valid', async () => {
    for (const values of [
      [`Bearer ${access}`, 'Bearer a.b.c'],
      ['Bearer a.b.c', `Bearer ${access}`],
      [`Bearer ${access}`, `Bearer ${access}`],
    ]) {
      const status = await new Promise((resolve, reject) => {
        request(`${stack.url}/api/weixin/data/`, {
          headers: ['Host', 'x', ...values.flatMap((v) => ['Authorization', v])],
        })
          .on('response', (response) => {
            response.resume();
            resolve(response.statusCode);
          })
          .on('error', reject)
          .end();
      });
      expect(status, values.join(' | ')).toBe(401);
    }
  });

  it('is required: a token in query, cookie or body is ignored', async () => {
    for (const path of [`?access_token=${access}`, `?token=${access}`, `?authorization=Bearer%20${access}`]) {
      expect((await stack.call(`/api/weixin/data/${path}`)).status).toBe(401);
    }
    expect((await stack.call('/api/weixin/data/', { headers: { cookie: `access=${access}` } })).status).toBe(
      401,
    );
    const inBody = { access_token: access, access, token: access };
    expect((await stack.call('/api/weixin/data/', { json: inBody })).status).toBe(401);
  });

  it('is required with the headers of WeChat’s gateway too', async () => {
    const headers = { 'x-wx-openid': 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', 'x-wx-appid': 'wxsandbox000000001' };
    expect((await stack.call('/api/weixin/data/', { headers })).status).toBe(401);
  });
});

import { expect } from 'vitest';
import { call } from '../support/http.js';
import { phoneCode } from '../phone/people.js';
import type { LoginBody, useStack } from '../support/stack.js';
import { ONE, TWO } from '../unions/people.js';

/** Takes a person who is known already, and a new one, through all that a mini-program does at the service of this URL. */
export async function expectEverythingWorks(
  stack: ReturnType<typeof useStack>,
  url: string,
  known: LoginBody,
  name: string,
): Promise<void> {
  const at = <Body = Record<string, unknown>>(path: string, options?: Parameters<typeof call>[1]) =>
    call<Body>(url + path, options);
  const login = async (user: string, appid: string = ONE) => {
    const answer = await at<LoginBody>('/api/weixin/login/', {
      json: { code: await stack.code(user, appid), appid },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };

  expect((await at('/health/ready')).status).toBe(200);
  expect(await stack.knock(known.access, url)).toEqual([200, 'Authenticated.']);
  const refreshed = await at<LoginBody>('/api/token/refresh/', { json: { refresh: known.refresh } });
  expect(refreshed.status).toBe(200);
  expect(await login(name)).toMatchObject({ user_id: known.user_id, is_new_user: false });
  expect(await login(name, TWO), 'by the unionid').toMatchObject({
    user_id: known.user_id,
    is_new_user: false,
  });

  const newcomer = await login(`new to ${name}`);
  expect(newcomer.is_new_user).toBe(true);
  for (const { access: token } of [refreshed.body, newcomer]) {
    const json = { items: [name] };
    expect((await at('/api/weixin/data/', { token, json })).body).toEqual({ code: 'post ok' });
    expect((await at('/api/weixin/data/', { token })).body).toEqual({ code: 'Authenticated.', ...json });
    const bound = await at('/api/me/phone', {
      token,
      json: {
        code: await phoneCode(stack, {
          user: token === newcomer.access ? `new to ${name}` : name,
          appid: ONE,
        }),
      },
    });
    expect([bound.status, bound.body['code']]).toEqual([200, undefined]);
    expect((await at('/api/me', { method: 'PUT', token, json: { nickname: '新版本' } })).status).toBe(200);
  }

  await Promise.all([stack.bind(ONE, false), stack.bind(TWO, false)]);
  const twice = `twice at ${name}`;
  const apart = [(await login(twice, ONE)).user_id, (await login(twice, TWO)).user_id];
  expect(new Set(apart).size).toBe(2);
  await Promise.all([stack.bind(ONE, true), stack.bind(TWO, true)]);
  const [one] = [await login(twice, ONE), await login(twice, TWO)];
  const merged = await at('/api/me/merge', { method: 'POST', token: one.access, json: { keep: 'mine' } });
  expect([merged.status, merged.body['user_id']]).toEqual([200, one.user_id]);

  expect((await at('/api/token/blacklist/', { json: { refresh: newcomer.refresh } })).status).toBe(200);
  expect(await stack.knock(newcomer.access, url)).toEqual([401, 'token_revoked']);
}

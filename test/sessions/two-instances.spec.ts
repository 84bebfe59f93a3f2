import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';

const POLL = { timeout: 2000, interval: 20 };

describe.each([
  ['with the same clock', 0],
  ['with a clock 30 s ahead', 30_000],
  ['with a clock 30 s behind', -30_000],
])('another instance %s', (_, shiftMs) => {
  const stack = useStack(PATIENT_WITH_WEIXIN);
  let other: Instance;
  beforeAll(async () => {
    other = await Instance.start(stack.env, shiftMs);
  });
  afterAll(() => other.stop());

  const knockAtBoth = async (token: string) => [
    await stack.knock(token),
    await stack.knock(token, other.url),
  ];
  const bothAnswer = (status: number, code: string) => [
    [status, code],
    [status, code],
  ];

  it('takes tokens of this one, and refreshes its sessions', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await knockAtBoth(access)).toEqual(bothAnswer(200, 'Authenticated.'));
    const next = await call<{ access: string }>(`${other.url}/api/token/refresh/`, { json: { refresh } });
    expect(next.status).toBe(200);
    expect(await knockAtBoth(next.body.access)).toEqual(bothAnswer(200, 'Authenticated.'));
  });

  it('answers twenty refreshes spread over both with one generation', async () => {
    const { refresh } = await stack.loggedIn();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (__, index) =>
        call<{ refresh: string }>(`${index % 2 ? other.url : stack.url}/api/token/refresh/`, {
          json: { refresh },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const generations = answers.map(
      ({ body }) =>
        JSON.parse(Buffer.from(body.refresh.split('.')[1] ?? '', 'base64url').toString()) as { gen: number },
    );
    expect(new Set(generations.map(({ gen }) => gen))).toEqual(new Set([1]));
  });

  it('makes one user of 50 first logins spread over both', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => stack.code('everywhere')));
    const answers = await Promise.all(
      codes.map((code, index) =>
        call<{ user_id: string; is_new_user: boolean }>(
          `${index % 2 ? other.url : stack.url}/api/weixin/login/`,
          { json: { code } },
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(answers.map(({ body }) => body.user_id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.is_new_user)).toHaveLength(1);
  });

  it('refuses within 2 s the access token of a session that ended here', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await knockAtBoth(access)).toEqual(bothAnswer(200, 'Authenticated.'));
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
    await expect.poll(() => stack.knock(access, other.url), POLL).toEqual([401, 'token_revoked']);
  });

  it('lets this one know within 2 s of what ended there', async () => {
    const { access, refresh } = await stack.loggedIn();
    await call(`${other.url}/api/token/blacklist/`, { json: { refresh } });
    expect(await stack.knock(access, other.url)).toEqual([401, 'token_revoked']);
    await expect.poll(() => stack.knock(access), POLL).toEqual([401, 'token_revoked']);
  });

  it('shuts a disabled user out within 2 s, as this one does, and lets them in again', async () => {
    const { access, user_id } = await stack.loggedIn('to-be-disabled');
    await knockAtBoth(access);
    await stack.users.disable(user_id);
    await expect.poll(() => knockAtBoth(access), POLL).toEqual(bothAnswer(403, 'user_disabled'));
    const login = await stack.login<{ code: string }>({ code: await stack.code('to-be-disabled') });
    expect([login.status, login.body.code]).toEqual([403, 'user_disabled']);
    await stack.users.enable(user_id);
    await expect.poll(() => knockAtBoth(access), POLL).toEqual(bothAnswer(200, 'Authenticated.'));
  });
});

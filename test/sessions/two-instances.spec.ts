import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { execute } from '../support/rows.js';
import { type LoginBody, PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';

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
    expect(new Set(answers.map(({ body }) => claimsOf(body.refresh).gen))).toEqual(new Set([1]));
  });

  it('ends the session when a late retry here meets the refresh of its child there: never two live branches', async () => {
    for (let round = 0; round < 5; round += 1) {
      const parent = await stack.loggedIn();
      const { sid } = claimsOf(parent.refresh);
      const child = (await stack.refresh(parent.refresh)).body;
      await execute(
        stack.databaseUrl,
        `UPDATE sessions SET rotated_at = rotated_at - 3600000 WHERE id = '${sid}'`,
      );
      const answers = await Promise.all([
        stack.refresh(parent.refresh),
        call<LoginBody>(`${other.url}/api/token/refresh/`, { json: { refresh: child.refresh } }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const issued = answers.find(({ status }) => status === 200)?.body;
      for (const { refresh } of [parent, child, issued ?? parent])
        expect((await stack.refresh(refresh)).status).toBe(401);
    }
  });

  it('answers twenty late retries spread over both with one generation', async () => {
    const { refresh } = await stack.loggedIn();
    await stack.refresh(refresh);
    await execute(
      stack.databaseUrl,
      `UPDATE sessions SET rotated_at = rotated_at - 3600000 WHERE id = '${claimsOf(refresh).sid}'`,
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, (__, index) =>
        call<LoginBody>(`${index % 2 ? other.url : stack.url}/api/token/refresh/`, { json: { refresh } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => claimsOf(body.refresh).gen))).toEqual(new Set([2]));
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

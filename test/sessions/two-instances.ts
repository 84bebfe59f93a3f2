import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WebhookEndpointsService } from '../../libs/webhooks/src/index.js';
import { call } from '../support/http.js';
import { execute, rows } from '../support/rows.js';
import type { LoginBody, useStack } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';

const POLL = { timeout: 2000, interval: 20 };
/** Longer than an instance needs to learn of a new webhook. */
const WEBHOOK_KNOWN_MS = 1500;

/** Declares the tests of sessions on two instances of one database: the one of `stack`, and another process. */
export function testSessions(stack: ReturnType<typeof useStack>, other: { readonly url: string }): void {
  const callBoth = async (token: string) => [await stack.knock(token), await stack.knock(token, other.url)];
  const bothReturn = (status: number, code: string) => [
    [status, code],
    [status, code],
  ];

  it('accepts the tokens of the other instance, and refreshes its sessions', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await callBoth(access)).toEqual(bothReturn(200, 'Authenticated.'));
    const next = await call<{ access: string }>(`${other.url}/api/token/refresh/`, { json: { refresh } });
    expect(next.status).toBe(200);
    expect(await callBoth(next.body.access)).toEqual(bothReturn(200, 'Authenticated.'));
  });

  it('answers twenty refreshes spread over two instances with one generation', async () => {
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

  it('revokes the session when a late retry and the refresh of its child run on two instances', async () => {
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

  it('answers twenty late retries spread over two instances with one generation', async () => {
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

  it('reports a reused token once, however many instances see it at the same time', async () => {
    const webhooks = stack.service(WebhookEndpointsService);
    const { id } = await webhooks.create('https://127.0.0.1/', ['session.ended', 'refresh_token.reused']);
    await sleep(WEBHOOK_KNOWN_MS);
    for (let round = 0; round < 5; round += 1) {
      const stolen = await stack.loggedIn();
      const { sid } = claimsOf(stolen.refresh);
      const child = await stack.refresh(stolen.refresh);
      await stack.refresh(child.body.refresh);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (__, index) =>
          call<{ code: string }>(`${index % 2 ? other.url : stack.url}/api/token/refresh/`, {
            json: { refresh: stolen.refresh },
          }),
        ),
      );
      expect(answers.map(({ body }) => body.code).sort()).toEqual([
        ...Array<string>(9).fill('refresh_token_invalid'),
        'refresh_token_reused',
      ]);
      const messages = await rows<{ kind: string; payload: string }>(
        stack.databaseUrl,
        'SELECT kind, payload FROM outbox ORDER BY kind',
      );
      const about = messages.filter(({ payload }) => payload.includes(sid));
      expect(about.map(({ kind }) => kind)).toEqual(['refresh_token.reused', 'session.ended']);
    }
    await webhooks.remove(id);
  });

  it('creates one user for 50 first logins spread over two instances', async () => {
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

  it('refuses an access token on the second instance within 2 s of a logout at the first', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await callBoth(access)).toEqual(bothReturn(200, 'Authenticated.'));
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
    await expect.poll(() => stack.knock(access, other.url), POLL).toEqual([401, 'token_revoked']);
  });

  it('refuses an access token on the first instance within 2 s of a logout at the second', async () => {
    const { access, refresh } = await stack.loggedIn();
    await call(`${other.url}/api/token/blacklist/`, { json: { refresh } });
    expect(await stack.knock(access, other.url)).toEqual([401, 'token_revoked']);
    await expect.poll(() => stack.knock(access), POLL).toEqual([401, 'token_revoked']);
  });

  it('refuses a disabled user on both instances within 2 s, and accepts an enabled one again', async () => {
    const { access, user_id } = await stack.loggedIn('to-be-disabled');
    await callBoth(access);
    await stack.users.disable(user_id);
    await expect.poll(() => callBoth(access), POLL).toEqual(bothReturn(403, 'user_disabled'));
    const login = await stack.login<{ code: string }>({ code: await stack.code('to-be-disabled') });
    expect([login.status, login.body.code]).toEqual([403, 'user_disabled']);
    await stack.users.enable(user_id);
    await expect.poll(() => callBoth(access), POLL).toEqual(bothReturn(200, 'Authenticated.'));
  });
}

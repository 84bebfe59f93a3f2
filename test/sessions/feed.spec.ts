import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { adminUrlOf, createAccount, form } from '../admin/admin.js';
import { call } from '../support/http.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';

/** The guard trusts the last successful poll for this long. */
const TRUSTED_FOR_MS = 5000;

describe('the feed of revocations', () => {
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '3600' });

  it('has a session whose last token was issued within the grace, long after its last rotation', async () => {
    const parent = await stack.loggedIn();
    await stack.refresh(parent.refresh);
    const sid = String(decode(parent.refresh.split('.')[1])['sid']);
    const ago = 'rotated_at = rotated_at - 1800000, last_used_at = last_used_at - 1800000';
    await execute(stack.databaseUrl, `UPDATE sessions SET ${ago} WHERE id = '${sid}'`);
    const { access } = (await stack.refresh(parent.refresh)).body;
    expect((await stack.knock(access))[0]).toBe(200);
    const revoke = `UPDATE sessions SET revoked_at = ${Date.now()} WHERE id = '${sid}'`;
    await execute(stack.databaseUrl, revoke);
    await expect.poll(() => stack.knock(access), { timeout: 3000 }).toEqual([401, 'token_revoked']);
  });
});

describe('a late commit', () => {
  const stack = useStack();

  it('does not hide a revocation whose time is almost two minutes old', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect((await stack.knock(access))[0]).toBe(200);
    const sid = String(decode(refresh.split('.')[1])['sid']);
    const at = Date.now() - 110_000;
    await execute(stack.databaseUrl, `UPDATE sessions SET revoked_at = ${at} WHERE id = '${sid}'`);
    await expect.poll(() => stack.knock(access), { timeout: 2500 }).toEqual([401, 'token_revoked']);
  });
});

describe('a failing feed of revocations', () => {
  const stack = useStack({ ADMIN_PORT: '0' });

  it('makes the guard read the database after five seconds: without an answer it answers 503, never 200 or 401', async () => {
    const [living, ended] = [await stack.loggedIn('living'), await stack.loggedIn('ended')];
    for (const { access } of [living, ended]) expect((await stack.knock(access))[0]).toBe(200);

    const account = await createAccount(stack);
    const introspect = async (token: string) => {
      const { clientId, clientSecret } = account;
      const body = form({ client_id: clientId, client_secret: clientSecret, token });
      const answer = await call(`${adminUrlOf(stack)}/oauth/introspect`, body);
      return [answer.status, answer.body['active'] ?? answer.body['error']];
    };

    // The feed reads `sessions`, the document does not: only the feed fails.
    await execute(stack.databaseUrl, 'ALTER TABLE sessions RENAME TO sessions_elsewhere');
    expect(await stack.knock(living.access), 'the last poll is still fresh').toEqual([200, 'Authenticated.']);
    await sleep(TRUSTED_FOR_MS + 1000);
    const answer = await stack.call('/api/weixin/data/', { token: living.access });
    expect([answer.status, answer.body['code']]).toEqual([503, 'database_unavailable']);
    expect(answer.headers.get('retry-after')).toBe('5');
    for (const { access } of [living, ended])
      expect(await introspect(access)).toEqual([503, 'temporarily_unavailable']);

    // A revocation in the meantime takes effect as soon as the database answers, before the next poll.
    const sid = String(decode(ended.refresh.split('.')[1])['sid']);
    const revoke = `UPDATE sessions_elsewhere SET revoked_at = ${Date.now()} WHERE id = '${sid}'`;
    await execute(stack.databaseUrl, revoke);
    await execute(stack.databaseUrl, 'ALTER TABLE sessions_elsewhere RENAME TO sessions');
    expect(await stack.knock(ended.access)).toEqual([401, 'token_revoked']);
    expect(await stack.knock(living.access)).toEqual([200, 'Authenticated.']);
    expect([await introspect(ended.access), await introspect(living.access)]).toEqual([
      [200, false],
      [200, true],
    ]);
  });
});

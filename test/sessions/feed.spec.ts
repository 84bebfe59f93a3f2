import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';

/** The last good poll is trusted for so long. */
const TRUSTED_FOR_MS = 5000;

describe('the feed of revocations', () => {
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '3600' });

  it('knows a session whose last token was issued long after its last rotation, within the grace', async () => {
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

describe('a revocation that is committed late', () => {
  const stack = useStack();

  it('by two minutes less a little is not missed', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect((await stack.knock(access))[0]).toBe(200);
    const sid = String(decode(refresh.split('.')[1])['sid']);
    const at = Date.now() - 110_000;
    await execute(stack.databaseUrl, `UPDATE sessions SET revoked_at = ${at} WHERE id = '${sid}'`);
    await expect.poll(() => stack.knock(access), { timeout: 2500 }).toEqual([401, 'token_revoked']);
  });
});

describe('when the feed of revocations fails', () => {
  const stack = useStack();

  it('for five seconds, the guard asks the database: no answer is 503, never 200 and never 401', async () => {
    const [living, ended] = [await stack.loggedIn('living'), await stack.loggedIn('ended')];
    for (const { access } of [living, ended]) expect((await stack.knock(access))[0]).toBe(200);

    // The feed reads `sessions`, the document does not: only the feed fails.
    await execute(stack.databaseUrl, 'ALTER TABLE sessions RENAME TO sessions_elsewhere');
    expect(await stack.knock(living.access), 'the last poll is still fresh').toEqual([200, 'Authenticated.']);
    await sleep(TRUSTED_FOR_MS + 1000);
    const answer = await stack.call('/api/weixin/data/', { token: living.access });
    expect([answer.status, answer.body['code']]).toEqual([503, 'database_unavailable']);
    expect(answer.headers.get('retry-after')).toBe('5');

    // What was revoked meanwhile is known as soon as the database answers, without waiting for the next poll.
    const sid = String(decode(ended.refresh.split('.')[1])['sid']);
    const revoke = `UPDATE sessions_elsewhere SET revoked_at = ${Date.now()} WHERE id = '${sid}'`;
    await execute(stack.databaseUrl, revoke);
    await execute(stack.databaseUrl, 'ALTER TABLE sessions_elsewhere RENAME TO sessions');
    expect(await stack.knock(ended.access)).toEqual([401, 'token_revoked']);
    expect(await stack.knock(living.access)).toEqual([200, 'Authenticated.']);
  });
});

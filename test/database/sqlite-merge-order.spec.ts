import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useMerging } from '../merge/merging.js';
import { lock } from '../support/lock.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { usePeople } from '../unions/people.js';

// SQLite's queue runs writes in their order; on a server, the write that locks the user first runs first.
describe('in the queue behind a merge', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const people = usePeople(stack);
  const merging = useMerging(stack);

  /** Calls that wait for the database together, in this order, all of them past the guard. */
  async function inOrder<T extends readonly (() => Promise<unknown>)[]>(...calls: T) {
    const release = await lock(stack.databaseUrl, 'users');
    const answers: Promise<unknown>[] = [];
    for (const call of calls) {
      answers.push(call());
      await sleep(60);
    }
    await release();
    return (await Promise.all(answers)) as { [K in keyof T]: Awaited<ReturnType<T[K]>> };
  }

  it('a document of the other user that comes first is not lost', async () => {
    const { one, two } = await people.inConflict('early writer');
    const [posted, merged] = await inOrder(
      () => merging.post(two.access, 'early'),
      () => merging.merge(one.access, { keep: 'other' }),
    );
    expect([posted.status, merged.status]).toEqual([200, 200]);
    expect((await merging.document(one.access)).body['items']).toEqual(['early']);
  });

  it('a document, a profile and a refresh of the other user that come later are refused', async () => {
    const { one, two } = await people.inConflict('late writer');
    const [merged, posted, renamed, refreshed] = await inOrder(
      () => merging.merge(one.access, { keep: 'other' }),
      () => merging.post(two.access, 'late'),
      () => merging.rename(two.access, { nickname: '晚' }),
      () => stack.refresh<{ code: string }>(two.refresh),
    );
    expect(merged.status).toBe(200);
    expect([posted, renamed].map(({ status, body }) => [status, body['code']])).toEqual(
      Array(2).fill([401, 'token_revoked']),
    );
    expect([refreshed.status, refreshed.body.code]).toEqual([401, 'refresh_token_invalid']);
    expect(
      await rows(stack.databaseUrl, `SELECT * FROM user_documents WHERE user_id = '${two.user_id}'`),
    ).toEqual([]);
  });
});

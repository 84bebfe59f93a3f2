import { expect, it } from 'vitest';
import { call } from '../support/http.js';
import type { useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from '../unions/people.js';
import { useMerging } from './merging.js';

/** Declares the tests of merges on two instances of one database. */
export function testMerges(stack: ReturnType<typeof useStack>, other: { readonly url: string }): void {
  const people = usePeople(stack);
  const merging = useMerging(stack);

  it('refuses the access tokens of a merged user on the other instance within 2 s', async () => {
    const { one, two } = await people.inConflict('zhang');
    expect(await stack.knock(two.access, other.url)).toEqual([200, 'Authenticated.']);
    await merging.merge(one.access, { keep: 'mine' });
    await expect
      .poll(() => stack.knock(two.access, other.url), { timeout: 2000, interval: 20 })
      .toEqual([401, 'token_revoked']);
  });

  it('leaves one user when two instances merge two users into each other', async () => {
    const { one, two } = await people.inConflict('li');
    const answers = await Promise.all([
      merging.merge(one.access, { keep: 'mine' }),
      call<{ user_id: string }>(`${other.url}/api/me/merge`, {
        token: two.access,
        json: { keep: 'mine' },
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const survivor = answers.find(({ status }) => status === 200)?.body.user_id;
    for (const appid of [ONE, TWO]) expect((await stack.loggedIn('li', appid)).user_id).toBe(survivor);
  });

  it('creates one user for the first logins of one person through two apps at two instances', async () => {
    const users = Array.from({ length: 20 }, (_, index) => `at both ${index}`);
    const logins = users.flatMap((user) => [
      { user, appid: ONE, at: stack.url },
      { user, appid: TWO, at: other.url },
    ]);
    const answers = await Promise.all(
      logins.map(async ({ user, appid, at }) => {
        const code = await stack.code(user, appid);
        const answer = await call<{ user_id: string; is_new_user: boolean }>(`${at}/api/weixin/login/`, {
          json: { code, appid },
        });
        return { user, ...answer.body };
      }),
    );
    for (const user of users) {
      const both = answers.filter((answer) => answer.user === user);
      expect(new Set(both.map(({ user_id }) => user_id)).size).toBe(1);
      expect(both.filter(({ is_new_user }) => is_new_user)).toHaveLength(1);
    }
  });
}

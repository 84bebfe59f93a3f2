import { describe, expect, it } from 'vitest';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from '../unions/people.js';
import { useMerging } from './merging.js';

const ROUNDS = Array.from({ length: 10 }, (_, index) => index);

describe('a merge with concurrent requests', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0', ...PATIENT_WITH_WEIXIN });
  const people = usePeople(stack);
  const merging = useMerging(stack);

  const survivorsOf = async (user: string) =>
    [await stack.loggedIn(user, ONE), await stack.loggedIn(user, TWO)].map(({ user_id }) => user_id);

  it('leaves one of two users who merge each other', async () => {
    for (const round of ROUNDS) {
      const user = `mutual ${round}`;
      const { one, two } = await people.inConflict(user);
      const answers = await Promise.all([
        merging.merge(one.access, { keep: 'mine' }),
        merging.merge(two.access, { keep: 'mine' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const survivor = answers.find(({ status }) => status === 200)?.body.user_id;
      expect(answers.find(({ status }) => status === 401)?.body.code).toBe('token_revoked');
      expect(await survivorsOf(user)).toEqual([survivor, survivor]);
      expect(await merging.mergedInto(String(survivor))).toBeNull();
    }
  });

  it('succeeds once when it is sent twice', async () => {
    for (const round of ROUNDS) {
      const { one } = await people.inConflict(`twice ${round}`);
      const merge = () => merging.merge(one.access, { keep: 'mine' });
      const answers = await Promise.all([merge(), merge()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    }
  });

  it('succeeds once when it is sent with two codes of the other user', async () => {
    const { one } = await people.apart('two codes');
    const merge = (code: string) => merging.merge(one.access, { keep: 'mine', code, appid: TWO });
    const [first, second] = [await stack.code('two codes', TWO), await stack.code('two codes', TWO)];
    const answers = await Promise.all([merge(first), merge(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('creates no user and loses no login of both identities', async () => {
    for (const round of ROUNDS) {
      const user = `busy ${round}`;
      const { one, two } = await people.inConflict(user);
      const before = await people.count('users');
      const codes = await Promise.all([ONE, TWO, TWO, TWO].map((appid) => stack.code(user, appid)));
      const [merged, ...logins] = await Promise.all([
        merging.merge(one.access, { keep: 'mine' }),
        ...codes.map((code, index) => stack.login({ code, appid: index === 0 ? ONE : TWO })),
      ]);
      expect([merged.status, ...logins.map(({ status }) => status)]).toEqual(Array(5).fill(200));
      expect(await people.count('users')).toBe(before);
      expect(await survivorsOf(user)).toEqual([one.user_id, one.user_id]);
      for (const { body } of logins) {
        const dead = body.user_id === two.user_id;
        expect(await stack.knock(body.access)).toEqual(
          dead ? [401, 'token_revoked'] : [200, 'Authenticated.'],
        );
        expect((await stack.refresh(body.refresh)).status).toBe(dead ? 401 : 200);
      }
    }
  });
});

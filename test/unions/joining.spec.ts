import { describe, expect, it, vi } from 'vitest';
import { Database } from '../../libs/database/src/index.js';
import { rows } from '../support/rows.js';
import { PATIENT_WITH_WEIXIN, useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from './people.js';

describe('a first login through a second mini-program', () => {
  const stack = useStack({ MAX_SESSIONS_PER_USER: '3', ...PATIENT_WITH_WEIXIN });
  const people = usePeople(stack);
  const liveSessions = (userId: string) =>
    rows(stack.databaseUrl, `SELECT id FROM sessions WHERE user_id = '${userId}' AND revoked_at IS NULL`);

  it('joins the user of the unionid', async () => {
    const first = await stack.loggedIn('zhang', ONE);
    const second = await stack.loggedIn('zhang', TWO);
    expect([first.is_new_user, second.is_new_user]).toEqual([true, false]);
    expect(second.user_id).toBe(first.user_id);
    const identities = await people.identitiesOf(first.user_id);
    expect(identities.map(({ appid }) => appid)).toEqual([ONE, TWO]);
    expect(identities[0]?.openid).not.toBe(identities[1]?.openid);
    expect(await people.ownerOf(identities[0]?.unionid)).toBe(first.user_id);
  });

  it('creates another user if WeChat returns no unionid', async () => {
    const { one, two } = await people.apart('li');
    expect([one.is_new_user, two.is_new_user]).toEqual([true, true]);
    expect(one.user_id).not.toBe(two.user_id);
  });

  it('is refused when the user of the unionid is disabled, and nothing is written', async () => {
    const { user_id } = await stack.loggedIn('wang', ONE);
    await stack.users.disable(user_id);
    const before = await people.count('weixin_identities');
    const answer = await stack.login<{ code: string }>({ code: await stack.code('wang', TWO), appid: TWO });
    expect([answer.status, answer.body.code]).toEqual([403, 'user_disabled']);
    expect(await people.count('weixin_identities')).toBe(before);
  });

  it('creates one user when it is concurrent with the first, fifty times', async () => {
    const before = { users: await people.count('users'), unions: await people.count('weixin_unions') };
    const logins = Array.from({ length: 50 }, async (_, index) => {
      const appid = index % 2 === 0 ? ONE : TWO;
      return { code: await stack.code('chen', appid), appid };
    });
    const answers = await Promise.all((await Promise.all(logins)).map(stack.login));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(new Set(answers.map(({ body }) => body.user_id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.is_new_user)).toHaveLength(1);
    expect(await people.count('users')).toBe(before.users + 1);
    expect(await people.count('weixin_unions')).toBe(before.unions + 1);
  });

  it('creates one user for each of a hundred people who log in through both concurrently', async () => {
    const before = await people.count('users');
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const [user, appid] = [`crowd-${index % 100}`, index < 100 ? ONE : TWO];
        return stack.login({ code: await stack.code(user, appid), appid });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect(new Set(answers.map(({ body }) => body.user_id)).size).toBe(100);
    expect(answers.filter(({ body }) => body.is_new_user)).toHaveLength(100);
    expect(await people.count('users')).toBe(before + 100);
  });

  it('waits for a login through the first, so that both together never exceed MAX_SESSIONS_PER_USER', async () => {
    const { user_id } = await stack.loggedIn('zhao', ONE);
    const write = vi.spyOn(stack.service(Database), 'write');
    const apps = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? ONE : TWO));
    const codes = await Promise.all(apps.map((appid) => stack.code('zhao', appid)));
    await Promise.all(codes.map((code, index) => stack.login({ code, appid: apps[index] })));
    const lockKeys = write.mock.calls
      .map(([, lockKey]) => lockKey)
      .filter((lockKey) => lockKey !== undefined);
    write.mockRestore();
    expect(await liveSessions(user_id)).toHaveLength(3);
    // With two lock keys it would go wrong once in fifty times only.
    expect([lockKeys.length, new Set(lockKeys).size]).toEqual([20, 1]);
  });

  it('creates two users for names that differ in case only', async () => {
    const ids = [];
    for (const user of ['Zhou', 'zhou'])
      for (const appid of [ONE, TWO]) ids.push((await stack.loggedIn(user, appid)).user_id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).toBe(ids[3]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('creates two users for openids and unionids that differ in case only', async () => {
    const signedIn = [];
    for (const [openid, unionid] of [
      ['oCase', 'oUnionA'],
      ['ocase', 'oUniona'],
      ['ocasE', undefined],
    ] as const)
      signedIn.push(await people.signIn({ openid, ...(unionid && { unionid }) }));
    expect(signedIn.map(({ isNewUser }) => isNewUser)).toEqual([true, true, true]);
    expect(new Set(signedIn.map(({ userId }) => userId)).size).toBe(3);
  });

  it('creates two users for one openid under two appids', async () => {
    const one = await people.signIn({ appid: ONE, openid: 'o-same' });
    const two = await people.signIn({ appid: TWO, openid: 'o-same' });
    expect([one.isNewUser, two.isNewUser]).toEqual([true, true]);
    expect(one.userId).not.toBe(two.userId);
  });
});

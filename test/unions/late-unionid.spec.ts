import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../libs/database/src/index.js';
import { SqliteStatement } from '../../libs/database/src/sqlite/sqlite-statement.js';
import { WeixinIdentitiesService } from '../../libs/users/src/index.js';
import { eventsOf } from '../events/events.js';
import { databaseKind } from '../support/database.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from './people.js';

describe('a unionid that WeChat returns late', () => {
  const stack = useStack();
  const people = usePeople(stack);
  beforeEach(async () => {
    await eventsOf(stack);
    await execute(stack.databaseUrl, 'DELETE FROM auth_events');
  });
  const conflicts = async () => (await eventsOf(stack)).filter(({ kind }) => kind === 'union_conflict');
  const unionidOf = async (userId: string) => (await people.identitiesOf(userId))[0]?.unionid;

  it('is recorded, and leads a second mini-program to the same user', async () => {
    await stack.bind(ONE, false);
    const { user_id } = await stack.loggedIn('zhang', ONE);
    expect(await unionidOf(user_id)).toBeNull();
    await stack.bind(ONE, true);
    expect((await stack.loggedIn('zhang', ONE)).user_id).toBe(user_id);
    expect(await people.ownerOf(await unionidOf(user_id))).toBe(user_id);
    expect(await stack.loggedIn('zhang', TWO)).toMatchObject({ user_id, is_new_user: false });
    expect(await conflicts()).toEqual([]);
  });

  it('stays stored when WeChat no longer returns it', async () => {
    const { user_id } = await stack.loggedIn('li', ONE);
    const unionid = await unionidOf(user_id);
    await stack.bind(ONE, false);
    await stack.loggedIn('li', ONE);
    expect(await unionidOf(user_id)).toBe(unionid);
  });

  it('leaves two users unchanged when it shows that they are one person, and records one event', async () => {
    const { one, two } = await people.apart('wang');
    expect((await stack.loggedIn('wang', ONE)).user_id).toBe(one.user_id);
    expect(await conflicts()).toEqual([]);
    for (let login = 0; login < 3; login += 1)
      expect((await stack.loggedIn('wang', TWO)).user_id).toBe(two.user_id);
    expect((await stack.loggedIn('wang', ONE)).user_id).toBe(one.user_id);
    expect(await conflicts()).toMatchObject([{ user_id: two.user_id, appid: TWO, detail: one.user_id }]);
    expect(await unionidOf(two.user_id)).toBe(await unionidOf(one.user_id));
    expect(await people.ownerOf(await unionidOf(two.user_id))).toBe(one.user_id);
    expect(await stack.knock(one.access)).toEqual([200, 'Authenticated.']);
  });

  it('records a conflict once when ten concurrent logins return it', async () => {
    await people.apart('liu');
    await stack.loggedIn('liu', ONE);
    const codes = await Promise.all(Array.from({ length: 10 }, () => stack.code('liu', TWO)));
    await Promise.all(codes.map((code) => stack.login({ code, appid: TWO })));
    expect(await conflicts()).toHaveLength(1);
  });

  it('replaces the one of another Open Platform account, which still leads to the user', async () => {
    const before = await people.signIn({ openid: 'o-moved', unionid: 'o-before', startedAt: 1000 });
    const after = await people.signIn({ openid: 'o-moved', unionid: 'o-after', startedAt: 2000 });
    expect(after).toMatchObject({ userId: before.userId, isNewUser: false, otherUserId: undefined });
    expect(await unionidOf(before.userId)).toBe('o-after');
    expect([await people.ownerOf('o-before'), await people.ownerOf('o-after')]).toEqual(
      Array(2).fill(before.userId),
    );
  });

  it('records a conflict when the new one of a moved app belongs to another user', async () => {
    const other = await people.signIn({ appid: TWO, openid: 'o-other', unionid: 'o-taken' });
    const mine = await people.signIn({ openid: 'o-moving', unionid: 'o-mine', startedAt: 1000 });
    const moved = { openid: 'o-moving', unionid: 'o-taken' };
    expect(await people.signIn({ ...moved, startedAt: 2000 })).toMatchObject({
      userId: mine.userId,
      otherUserId: other.userId,
    });
    expect((await people.signIn({ ...moved, startedAt: 3000 })).otherUserId).toBeUndefined();
    expect(await people.ownerOf('o-taken')).toBe(other.userId);
  });

  it('is not taken from an exchange that began before the latest one', async () => {
    const { userId } = await people.signIn({ openid: 'o-slow', unionid: 'o-new', startedAt: 2000 });
    await people.signIn({ openid: 'o-slow', unionid: 'o-old', startedAt: 1000 });
    expect(await unionidOf(userId)).toBe('o-new');
    expect(await people.ownerOf('o-old')).toBeUndefined();
  });
});

describe('what unionids cost', () => {
  const stack = useStack();

  /** How many statements the tables need for an answer of WeChat. */
  const statements = (exchange: { openid: string; unionid?: string; appid?: string }, startedAt: number) =>
    stack.service(Database).write(async (manager) => {
      const query =
        databaseKind === 'sqlite'
          ? vi.spyOn(SqliteStatement.prototype, 'run')
          : vi.spyOn(manager.queryRunner as object as { query: () => void }, 'query');
      try {
        const whole = { appid: ONE, sessionKey: 'AAAAAAAAAAAAAAAAAAAAAA==', startedAt, ...exchange };
        await stack.service(WeixinIdentitiesService).signIn(manager, whole);
        return query.mock.calls.length;
      } finally {
        query.mockRestore();
      }
    });

  it('costs one statement at a first login, and none if WeChat returns no unionid', async () => {
    expect(await statements({ openid: 'o-without' }, 1000)).toBe(3);
    expect(await statements({ openid: 'o-with', unionid: 'o-union' }, 1000)).toBe(4);
    // On a server two more lock the unionid and its user.
    const locks = databaseKind === 'sqlite' ? 0 : 2;
    const joining = { openid: 'o-joining', unionid: 'o-union', appid: TWO };
    expect(await statements(joining, 1000)).toBe(4 + locks);
  });

  it('is nothing at any other login with the same unionid', async () => {
    expect(await statements({ openid: 'o-without' }, 2000)).toBe(2);
    expect(await statements({ openid: 'o-with', unionid: 'o-union' }, 2000)).toBe(2);
    expect(await statements({ openid: 'o-with' }, 3000)).toBe(2);
  });
});

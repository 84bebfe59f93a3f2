import { describe, expect, it } from 'vitest';
import { SealerService } from '../../libs/crypto/src/index.js';
import { eventsOf } from '../events/events.js';
import { ended } from '../support/command.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from '../unions/people.js';
import { useMerging } from './merging.js';

const AVATARS = ['https://thirdwx.qlogo.cn/one', 'https://thirdwx.qlogo.cn/two'];

describe('a merge', () => {
  const stack = useStack();
  const people = usePeople(stack);
  const merging = useMerging(stack);
  const phoneOf = (userId: string) =>
    rows(stack.databaseUrl, `SELECT * FROM user_phones WHERE user_id = '${userId}'`);
  const placeOf = (userId: string) => ({ table: 'user_phones', column: 'phone', primaryKey: userId });
  /** As a binding stores it. */
  const givePhone = (userId: string, phone: string, [quotaDay, quotaUsed]: [number, number]) => {
    const sealed = stack.service(SealerService).seal(phone, placeOf(userId));
    const values = `'${userId}', '${sealed}', 'hash of ${phone}', 1, ${quotaDay}, ${quotaUsed}`;
    return execute(stack.databaseUrl, `INSERT INTO user_phones VALUES (${values})`);
  };

  it('moves identities and unionids, and the row of the other user names the user who remains', async () => {
    const { one, two } = await people.inConflict('zhang');
    const answer = await merging.merge(two.access, { keep: 'mine' });
    expect([answer.status, answer.body]).toEqual([
      200,
      { user_id: two.user_id, merged_user_id: one.user_id, version: 1 },
    ]);
    const identities = await people.identitiesOf(two.user_id);
    expect(identities.map(({ appid }) => appid)).toEqual([ONE, TWO]);
    expect(await people.ownerOf(identities[0]?.unionid)).toBe(two.user_id);
    expect(await people.identitiesOf(one.user_id)).toEqual([]);
    expect(await merging.mergedInto(one.user_id)).toBe(two.user_id);
    expect(await merging.mergedInto(two.user_id)).toBeNull();
  });

  it('leads logins of both identities to the user who remains', async () => {
    const { one, two } = await people.inConflict('li');
    await merging.merge(one.access, { keep: 'mine' });
    for (const appid of [ONE, TWO])
      expect(await stack.loggedIn('li', appid)).toMatchObject({
        user_id: one.user_id,
        is_new_user: false,
      });
    expect(await stack.knock(one.access)).toEqual([200, 'Authenticated.']);
    expect(await merging.refusal(one.access, { keep: 'mine' })).toEqual([404, 'merge_target_missing']);
    expect(await merging.mergedInto(two.user_id)).toBe(one.user_id);
  });

  it('ends the sessions of the other user: access and refresh tokens are refused immediately', async () => {
    const { one, two } = await people.inConflict('wang');
    const again = await stack.loggedIn('wang', TWO);
    await merging.merge(one.access, { keep: 'mine' });
    for (const { access, refresh } of [two, again]) {
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
      const { status, body } = await stack.refresh<{ code: string }>(refresh);
      expect([status, body.code]).toEqual([401, 'refresh_token_invalid']);
    }
    const ended = await rows(
      stack.databaseUrl,
      `SELECT DISTINCT revoked_reason FROM sessions WHERE user_id = '${two.user_id}'`,
    );
    expect(ended).toEqual([{ revoked_reason: 'user_merged' }]);
    expect((await stack.refresh(one.refresh)).status).toBe(200);
  });

  it.each([
    ['mine', 2, 1, ['mine 2']],
    ['other', 2, 1, ['other 1']],
    ['mine', 1, 3, ['mine 1']],
    ['other', 1, 3, ['other 3']],
    ['mine', 0, 2, []],
    ['other', 2, 0, []],
  ] as const)(
    'leaves the document “%s” of versions %i and %i, in a version above both',
    async (keep, mine, other, items) => {
      const { one, two } = await people.inConflict(`documents ${keep} ${mine} ${other}`);
      for (let version = 1; version <= mine; version += 1) await merging.post(one.access, `mine ${version}`);
      for (let version = 1; version <= other; version += 1)
        await merging.post(two.access, `other ${version}`);
      const answer = await merging.merge(one.access, { keep });
      const version = Math.max(mine, other) + 1;
      expect([answer.body.version, answer.headers.get('etag')]).toEqual([version, `"${version}"`]);
      const document = await merging.document(one.access);
      expect([document.body['items'], document.headers.get('etag')]).toEqual([items, `"${version}"`]);
      const left = `SELECT version FROM user_documents WHERE user_id = '${two.user_id}'`;
      expect(await rows(stack.databaseUrl, left)).toEqual([]);
    },
  );

  it('takes over nickname and avatar if the user has none', async () => {
    const { one, two } = await people.inConflict('chen');
    await merging.rename(one.access, { nickname: '小陈' });
    await merging.rename(two.access, { nickname: '陈二', avatar_url: AVATARS[1] });
    await merging.merge(one.access, { keep: 'mine' });
    expect(await merging.me(one.access)).toMatchObject({ nickname: '小陈', avatar_url: AVATARS[1] });
  });

  it('takes over the phone if the user has none, sealed for the new row', async () => {
    const { one, two } = await people.inConflict('liu');
    await givePhone(two.user_id, '+8613800138000', [20_000, 2]);
    await merging.merge(one.access, { keep: 'mine' });
    const [phone] = await phoneOf(one.user_id);
    expect(phone).toMatchObject({ phone_hash: 'hash of +8613800138000', bound_at: 1, quota_used: 2 });
    const sealed = String(phone?.['phone']);
    expect(stack.service(SealerService).unseal(sealed, placeOf(one.user_id))).toBe('+8613800138000');
    expect(await phoneOf(two.user_id)).toEqual([]);
  });

  it.each([
    ['the same day', [20_000, 1], [20_000, 2], [20_000, 3]],
    ['an earlier day', [20_000, 1], [19_999, 2], [20_000, 1]],
    ['a later day', [20_000, 1], [20_001, 2], [20_001, 2]],
  ] as const)(
    'leaves the own phone, and counts the bindings of both if those of the other user are of %s',
    async (day, mine, other, both) => {
      const { one, two } = await people.inConflict(`phones ${day}`);
      await givePhone(one.user_id, '+8613800138001', [...mine]);
      await givePhone(two.user_id, '+8613800138002', [...other]);
      await merging.merge(one.access, { keep: 'mine' });
      const [phone] = await phoneOf(one.user_id);
      expect(phone).toMatchObject({
        phone_hash: 'hash of +8613800138001',
        quota_day: both[0],
        quota_used: both[1],
      });
      expect(await phoneOf(two.user_id)).toEqual([]);
    },
  );

  it('records an event that names both users', async () => {
    const { one, two } = await people.inConflict('zhao');
    await merging.merge(one.access, { keep: 'mine' });
    const merged = (await eventsOf(stack)).filter(
      ({ kind, user_id }) => kind === 'users_merged' && user_id === one.user_id,
    );
    expect(merged).toMatchObject([{ user_id: one.user_id, appid: ONE, detail: two.user_id }]);
  });

  it('leaves the rows of users who were merged into the other user before', async () => {
    const first = await people.inConflict('zhou');
    await merging.merge(first.two.access, { keep: 'mine' });
    const stranger = await stack.loggedIn('zhou’s second account', ONE);
    const code = await stack.code('zhou', TWO);
    const { body } = await merging.merge(stranger.access, { keep: 'other', code, appid: TWO });
    expect(body.merged_user_id).toBe(first.two.user_id);
    expect(await merging.mergedInto(first.one.user_id)).toBe(first.two.user_id);
    expect(await merging.mergedInto(first.two.user_id)).toBe(stranger.user_id);
    for (const appid of [ONE, TWO])
      expect((await stack.loggedIn('zhou', appid)).user_id).toBe(stranger.user_id);
  });

  it('is shown by `passport users show` for the merged user', async () => {
    const { one, two } = await people.inConflict('shown');
    await merging.merge(one.access, { keep: 'mine' });
    const { code, output } = await ended(stack.env, 'users', 'show', two.user_id);
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`^merged into +${one.user_id}$`, 'm'));
  });
});

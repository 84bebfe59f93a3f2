import { describe, expect, it } from 'vitest';
import { eventsOf } from '../events/events.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { ONE, TWO, usePeople } from '../unions/people.js';
import { useMerging } from './merging.js';

describe('the proof that two users are one person', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const people = usePeople(stack);
  const merging = useMerging(stack);

  it('is a fresh code of the other identity, without a unionid', async () => {
    const { one, two } = await people.apart('zhang');
    const code = await stack.code('zhang', TWO);
    const answer = await merging.merge(one.access, { keep: 'mine', code, appid: TWO });
    expect([answer.status, answer.body.merged_user_id]).toEqual([200, two.user_id]);
    expect(await people.identitiesOf(one.user_id)).toHaveLength(2);
  });

  it('stores session_key and unionid as a login does', async () => {
    const { one, two } = await people.apart('li');
    const [before] = await people.identitiesOf(two.user_id);
    const code = await stack.code('li', TWO);
    await merging.merge(one.access, { keep: 'mine', code, appid: TWO });
    const after = (await people.identitiesOf(one.user_id)).find(({ appid }) => appid === TWO);
    expect(after?.session_key).not.toBe(before?.session_key);
    expect(after?.unionid).toMatch(/^o/);
    expect(await people.ownerOf(after?.unionid)).toBe(one.user_id);
  });

  it('records an event if it shows that a third user is the same person', async () => {
    const { one, two } = await people.apart('wang');
    await stack.loggedIn('wang', ONE);
    const third = await stack.loggedIn('wang’s second account', ONE);
    const code = await stack.code('wang', TWO);
    const answer = await merging.merge(third.access, { keep: 'mine', code, appid: TWO });
    expect(answer.body.merged_user_id).toBe(two.user_id);
    const conflicts = (await eventsOf(stack)).filter(({ kind }) => kind === 'union_conflict');
    expect(conflicts).toMatchObject([{ user_id: third.user_id, detail: one.user_id }]);
    const next = await merging.merge(third.access, { keep: 'mine' });
    expect([next.status, next.body.merged_user_id]).toEqual([200, one.user_id]);
  });

  it('is a unionid that both users have: of several users the oldest is merged first, one per call', async () => {
    const mine = await stack.loggedIn('chen', ONE);
    const [{ unionid } = {}] = await people.identitiesOf(mine.user_id);
    const others = [];
    for (const user of ['chen a', 'chen b', 'chen c']) others.push((await stack.loggedIn(user, TWO)).user_id);
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET unionid = '${String(unionid)}' WHERE user_id IN ('${others.join("','")}')`,
    );
    for (const other of others) {
      const { body } = await merging.merge(mine.access, { keep: 'mine' });
      expect(body.merged_user_id).toBe(other);
    }
    expect(await merging.refusal(mine.access, { keep: 'mine' })).toEqual([404, 'merge_target_missing']);
  });

  it('is missing if no other user has the unionid, or the user has none', async () => {
    const bound = await stack.loggedIn('liu', ONE);
    const { one } = await people.apart('yang');
    for (const { access } of [bound, one])
      expect(await merging.refusal(access, { keep: 'mine' })).toEqual([404, 'merge_target_missing']);
  });

  it('is not a code of the own identity, nor of one that never logged in', async () => {
    const { access } = await stack.loggedIn('zhao', ONE);
    const before = await merging.everything();
    for (const [user, appid] of [
      ['zhao', ONE],
      ['zhao', TWO],
      ['a new person', ONE],
    ] as const) {
      const code = await stack.code(user, appid);
      const refusal = await merging.refusal(access, { keep: 'mine', code, appid });
      expect(refusal).toEqual([404, 'merge_target_missing']);
    }
    expect((await merging.everything()).slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it('is never a token, nor an id in the body', async () => {
    const { one, two } = await people.apart('huang');
    expect(await merging.refusal(one.access, { keep: 'mine' })).toEqual([404, 'merge_target_missing']);
    for (const claim of [
      { token: two.access },
      { refresh: two.refresh },
      { user_id: two.user_id },
      { openid: 'o' },
      { unionid: 'o' },
    ])
      expect(await merging.refusal(one.access, { keep: 'mine', ...claim })).toEqual([
        400,
        'validation_failed',
      ]);
    for (const code of [two.access, two.refresh.slice(0, 512)])
      expect((await merging.refusal(one.access, { keep: 'mine', code, appid: TWO }))[0]).not.toBe(200);
    expect(await merging.refusal(undefined, { keep: 'mine' })).toEqual([401, 'token_missing']);
  });

  it('is a code that WeChat accepts, once', async () => {
    const { one } = await people.apart('zhou');
    const code = await stack.code('zhou', TWO);
    const body = { keep: 'mine', appid: TWO };
    expect(await merging.refusal(one.access, { ...body, code: 'wrong' })).toEqual([
      401,
      'login_code_invalid',
    ]);
    expect(await merging.refusal(one.access, { ...body, code, appid: ONE })).toEqual([
      401,
      'login_code_invalid',
    ]);
    expect(await merging.refusal(one.access, { ...body, code, appid: 'wx-unknown' })).toEqual([
      400,
      'app_unknown',
    ]);
    expect((await merging.merge(one.access, { ...body, code })).status).toBe(200);
    expect(await merging.refusal(one.access, { ...body, code })).toEqual([401, 'login_code_used']);
  });

  it('is refused if the other user is disabled', async () => {
    const { one, two } = await people.inConflict('wu');
    await stack.users.disable(two.user_id);
    const code = await stack.code('wu', TWO);
    for (const proof of [{}, { code, appid: TWO }])
      expect(await merging.refusal(one.access, { keep: 'mine', ...proof })).toEqual([403, 'user_disabled']);
    expect(await merging.mergedInto(two.user_id)).toBeNull();
  });

  it.each([
    ['no member keep', {}],
    ['another keep', { keep: 'both' }],
    ['keep as a list', { keep: ['mine'] }],
    ['an appid without a code', { keep: 'mine', appid: TWO }],
    ['an empty code', { keep: 'mine', code: '' }],
    ['a code that is too long', { keep: 'mine', code: 'x'.repeat(513) }],
    ['a code that is null', { keep: 'mine', code: null }],
    ['a code that is a list', { keep: 'mine', code: ['x'] }],
    ['an appid that is null', { keep: 'mine', code: 'x', appid: null }],
    ['null', null],
    ['a list', []],
    ['a number', 1],
  ])('is not sent to WeChat for a body with %s', async (_, json) => {
    const { access } = await stack.loggedIn('xu', ONE);
    const before = await stack.exchanges();
    expect(await merging.refusal(access, json)).toEqual([400, 'validation_failed']);
    expect(await stack.exchanges()).toBe(before);
  });
});

describe('the limit of merges', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '3' });
  const merging = useMerging(stack);

  it('is that of logins, because each call may send a code to WeChat', async () => {
    const { access } = await stack.loggedIn();
    await merging.merge(access, { keep: 'mine' });
    await merging.merge(access, { keep: 'mine' });
    expect(await merging.refusal(access, { keep: 'mine' })).toEqual([429, 'rate_limited']);
  });
});

describe('the limit of a mini-program', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '1' });
  const merging = useMerging(stack);

  it('counts codes for merges as it counts logins', async () => {
    const { access } = await stack.loggedIn('alice', ONE);
    const code = await stack.code('bob', TWO);
    const body = { keep: 'mine', code, appid: TWO };
    expect(await merging.refusal(access, body)).toEqual([404, 'merge_target_missing']);
    expect(await merging.refusal(access, body)).toEqual([429, 'rate_limited']);
  });
});

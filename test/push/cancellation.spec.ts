import { describe, expect, it } from 'vitest';
import { useDeletions } from '../deletion/people.js';
import { rows } from '../support/rows.js';
import { eventOf, knownPerson, makePush, send } from './weixin.js';

describe('user_authorization_cancellation, which WeChat pushes when a person closes the account', () => {
  const { stack, entries, timePasses } = useDeletions();
  const cancellation = (openid: string, createTime = 1) =>
    makePush({ ...eventOf(openid, 'user_authorization_cancellation'), CreateTime: createTime });
  const stateOf = async (userId: string) =>
    (await rows(stack.databaseUrl, `SELECT deletes_at, deletion_by FROM users WHERE id = '${userId}'`))[0];

  it('ends all sessions and erases the user after the cooling-off', async () => {
    const { openid, userId, token } = await knownPerson(stack);
    for (const time of [1, 2]) expect((await send(stack, cancellation(openid, time))).text).toBe('success');
    expect(await stack.knock(token)).toEqual([401, 'token_revoked']);
    expect(await stateOf(userId)).toMatchObject({ deletion_by: 'weixin' });
    expect(entries()).toMatchObject([{ action: 'requested', user_id: userId }]);
    await timePasses();
    expect(await stateOf(userId)).toBeUndefined();
    expect(await rows(stack.databaseUrl, 'SELECT id FROM weixin_pushes')).toEqual([]);
  });

  it('is undone by a login of the person', async () => {
    const { openid, userId, user } = await knownPerson(stack);
    await send(stack, cancellation(openid));
    const back = await stack.loggedIn(user);
    expect(back).toMatchObject({ user_id: userId, is_new_user: false });
    expect(back).not.toHaveProperty('deletion');
    expect(await stateOf(userId)).toEqual({ deletes_at: null, deletion_by: null });
    await timePasses();
    expect((await stack.knock(back.access))[0]).toBe(200);
  });

  it('leaves a deletion that the user has requested, and a disabled user', async () => {
    const [leaving, disabled] = [await knownPerson(stack), await knownPerson(stack)];
    const requested = await stack.call('/api/me/deletion', {
      method: 'POST',
      token: leaving.token,
      json: { code: await stack.code(leaving.user) },
    });
    expect(requested.status).toBe(200);
    const before = await stateOf(leaving.userId);
    await stack.users.disable(disabled.userId);
    for (const { openid } of [leaving, disabled])
      expect((await send(stack, cancellation(openid))).text).toBe('success');
    expect(await stateOf(leaving.userId)).toEqual(before);
    expect(await stateOf(disabled.userId)).toEqual({ deletes_at: null, deletion_by: null });
  });

  it('in plain mode or with a wrong signature has no effect', async () => {
    const { openid, userId, token } = await knownPerson(stack);
    const event = eventOf(openid, 'user_authorization_cancellation');
    await send(stack, makePush(event, { mode: 'plain' }));
    await send(stack, makePush(event, { token: 'anotherToken' }));
    expect(await stateOf(userId)).toEqual({ deletes_at: null, deletion_by: null });
    expect((await stack.knock(token))[0]).toBe(200);
  });
});

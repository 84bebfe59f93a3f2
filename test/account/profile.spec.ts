import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';

describe('the profile', () => {
  const stack = useStack();
  let people = 0;

  /** A new person, with the two calls they make. */
  async function person() {
    people += 1;
    const { access: token, user_id: userId } = await stack.loggedIn(`person-${people}`);
    const read = () => stack.call('/api/me', { token });
    const change = (json: unknown) => stack.call('/api/me', { method: 'PUT', token, json });
    return { userId, token, read, change };
  }

  it('has only an id and the time of the first login for a new user', async () => {
    const before = Date.now();
    const { userId, read } = await person();
    const { status, body, headers } = await read();
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      user_id: userId,
      nickname: null,
      avatar_url: null,
      phone: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
    const createdAt = Date.parse(String(body['created_at']));
    expect(createdAt).toBeGreaterThanOrEqual(before);
    expect(createdAt).toBeLessThanOrEqual(Date.now());
  });

  it('returns the changed profile, and stores it', async () => {
    const { read, change } = await person();
    const profile = { nickname: '小明', avatar_url: 'https://thirdwx.qlogo.cn/mmopen/vi_32/x/132' };
    const changed = await change(profile);
    expect([changed.status, changed.body]).toMatchObject([200, profile]);
    expect((await read()).body).toEqual(changed.body);
  });

  it('leaves an absent member as it is and removes one that is null', async () => {
    const { change } = await person();
    const avatar = 'https://wx.qlogo.cn/a';
    await change({ nickname: 'Alice', avatar_url: avatar });
    expect((await change({})).body).toMatchObject({ nickname: 'Alice', avatar_url: avatar });
    expect((await change({ nickname: 'Bob' })).body).toMatchObject({ nickname: 'Bob', avatar_url: avatar });
    expect((await change({ nickname: null })).body).toMatchObject({ nickname: null, avatar_url: avatar });
    expect((await change({ avatar_url: null })).body).toMatchObject({ nickname: null, avatar_url: null });
  });

  it('accepts an empty body and changes nothing', async () => {
    const { token, change } = await person();
    await change({ nickname: 'Alice' });
    const headers = { 'content-type': 'application/json' };
    const answer = await stack.call('/api/me/', { method: 'PUT', token, headers });
    expect([answer.status, answer.body['nickname']]).toEqual([200, 'Alice']);
  });

  it('changes nothing when one of two members is refused', async () => {
    const { read, change } = await person();
    const before = await read();
    for (const json of [
      { nickname: 'Alice', avatar_url: 'https://attacker.example/a' },
      { nickname: '', avatar_url: 'https://wx.qlogo.cn/a' },
    ]) {
      expect((await change(json)).status).toBe(400);
    }
    expect((await read()).body).toEqual(before.body);
  });

  it('is neither read nor changed by another user', async () => {
    const [alice, bob] = [await person(), await person()];
    await alice.change({ nickname: 'Alice' });
    await bob.change({ nickname: 'Bob' });
    expect((await alice.read()).body).toMatchObject({ user_id: alice.userId, nickname: 'Alice' });
    expect((await bob.read()).body).toMatchObject({ user_id: bob.userId, nickname: 'Bob' });
    const foreign = await bob.change({ user_id: alice.userId, nickname: 'Mallory' });
    expect([foreign.status, foreign.body['code']]).toEqual([400, 'validation_failed']);
    expect((await alice.read()).body['nickname']).toBe('Alice');
  });

  it.each(['GET', 'PUT'])('is shut to %s without a token', async (method) => {
    const json = method === 'PUT' ? { nickname: 'Alice' } : undefined;
    const { status, body, headers } = await stack.call('/api/me', { method, json });
    expect([status, body['code']]).toEqual([401, 'token_missing']);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('is refused with 401 if the user no longer has a row', async () => {
    const { userId, read, change } = await person();
    await execute(stack.databaseUrl, `DELETE FROM users WHERE id = '${userId}'`);
    for (const answer of [await read(), await change({ nickname: 'Alice' })]) {
      expect([answer.status, answer.body['code']]).toEqual([401, 'token_revoked']);
    }
  });

  it.each<[string, unknown]>([
    ['an unknown member', { nickname: 'Alice', phone: '13812345678' }],
    ['an openid', { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' }],
    ['a list', []],
    ['text', 'nickname'],
    ['null', null],
    ['a number as nickname', { nickname: 1 }],
    ['a list as nickname', { nickname: ['Alice'] }],
    ['an object as nickname', { nickname: { length: 3 } }],
    ['a list as avatar_url', { avatar_url: ['https://wx.qlogo.cn/a'] }],
    ['an object as avatar_url', { avatar_url: { href: 'https://wx.qlogo.cn/a' } }],
  ])('refuses as a body: %s', async (_, json) => {
    const answer = await (await person()).change(json);
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });
});

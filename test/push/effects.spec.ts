import { describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { eventOf, type Format, knownPerson, makePush, type Mode, revoked, send, written } from './weixin.js';

const WHOLE = {
  nickname: 'canary name',
  avatar_url: expect.any(String) as string,
  phone: expect.stringContaining('****') as string,
};
const ALL_KINDS = (['safe', 'compatible'] as const).flatMap((mode) =>
  (['xml', 'json'] as const).map((format): [Mode, Format] => [mode, format]),
);

describe('a push of WeChat', () => {
  const stack = useStack();
  const stored = () => rows(stack.databaseUrl, 'SELECT * FROM weixin_pushes ORDER BY id');

  describe.each(ALL_KINDS)('in %s mode as %s', (mode, format) => {
    it('erases the phone number that a user withdraws, and nothing else', async () => {
      const { openid, profile } = await knownPerson(stack);
      expect(await profile()).toEqual(WHOLE);
      const answer = await send(stack, makePush(revoked(openid, '8'), { mode, format }));
      expect([answer.status, answer.text]).toEqual([200, 'success']);
      expect(await profile()).toEqual({ ...WHOLE, phone: null });
    });

    it('erases nickname and avatar after WeChat has replaced them', async () => {
      const { openid, profile } = await knownPerson(stack);
      await send(stack, makePush(eventOf(openid, 'user_info_modified'), { mode, format }));
      expect(await profile()).toEqual({ ...WHOLE, nickname: null, avatar_url: null });
    });
  });

  it.each([
    ['6', { nickname: null, avatar_url: null }],
    ['19', { nickname: null }],
    ['20', { avatar_url: null }],
    ['8,19', { nickname: null, phone: null }],
    ['301', { nickname: null, avatar_url: null, phone: null }],
    ['13', {}],
  ])('with RevokeInfo %s erases what that permission covers', async (revokeInfo, erased) => {
    const { openid, profile } = await knownPerson(stack);
    await send(stack, makePush(revoked(openid, revokeInfo)));
    expect(await profile()).toEqual({ ...WHOLE, ...erased });
  });

  it('in plain mode changes nothing, because its signature does not cover the body', async () => {
    const { openid, profile } = await knownPerson(stack);
    const before = (await stored()).length;
    for (const format of ['xml', 'json'] as const) {
      const answer = await send(stack, makePush(revoked(openid, '301'), { mode: 'plain', format }));
      expect([answer.status, answer.text]).toEqual([200, 'success']);
    }
    expect(await profile()).toEqual(WHOLE);
    expect((await stored()).length).toBe(before);
  });

  it('in compatible mode counts as what was encrypted, not as what is beside it', async () => {
    const [attacked, named] = [await knownPerson(stack), await knownPerson(stack)];
    const push = makePush(revoked(named.openid, '8'), { mode: 'compatible', format: 'json' });
    await send(stack, { ...push, body: push.body.replace(named.openid, attacked.openid) });
    expect(await attacked.profile()).toEqual(WHOLE);
    expect(await named.profile()).toEqual({ ...WHOLE, phone: null });
  });

  it('acts once, however often and however it is sent', async () => {
    const { openid, userId, token, profile } = await knownPerson(stack);
    const event = eventOf(openid, 'user_info_modified');
    const sent = makePush(event);
    await Promise.all(Array.from({ length: 8 }, () => send(stack, sent)));
    await stack.call('/api/me', { method: 'PUT', token, json: { nickname: 'chosen since' } });
    for (const again of [sent, makePush(event), makePush(event, { mode: 'compatible' })])
      expect((await send(stack, again)).text).toBe('success');
    expect(await profile()).toMatchObject({ nickname: 'chosen since' });
    expect((await stored()).filter(({ user_id }) => user_id === userId)).toHaveLength(1);
  });

  it('is recorded with the user as an event of the audit log, and by id in the inbox, sealed', async () => {
    const { openid, userId } = await knownPerson(stack);
    await send(stack, makePush(revoked(openid, '8')));
    await stack.service(AuthEventsService).flush();
    const events = await rows(
      stack.databaseUrl,
      `SELECT kind, appid, detail FROM auth_events WHERE user_id = '${userId}' AND kind = 'weixin_push'`,
    );
    expect(events).toEqual([
      { kind: 'weixin_push', appid: 'wxsandbox000000001', detail: 'user_authorization_revoke' },
    ]);
    const [row] = await rows(stack.databaseUrl, `SELECT * FROM weixin_pushes WHERE user_id = '${userId}'`);
    expect(row).toMatchObject({ event: 'user_authorization_revoke', is_handled: 1 });
    expect(JSON.stringify(row)).not.toContain(openid);
    expect(stack.logs.join('')).not.toContain(openid);
  });

  it('about a person who never logged in here, and of an unknown event, is stored without effect', async () => {
    const known = await knownPerson(stack);
    for (const members of [
      revoked('oNeverSeenHere00000000000000', '8'),
      eventOf(known.openid, 'wxa_media_check', { trace_id: '967e945cd8a3e458f3c74dcb886068e9' }),
    ])
      expect((await send(stack, makePush(members))).text).toBe('success');
    expect(await known.profile()).toEqual(WHOLE);
    expect((await stored()).slice(-2)).toMatchObject([
      { user_id: null, event: 'user_authorization_revoke' },
      { user_id: known.userId, event: 'wxa_media_check', is_handled: 0 },
    ]);
  });

  it('about one mini-program changes nothing of the same openid in another', async () => {
    const { openid, profile } = await knownPerson(stack);
    const other = {
      appid: 'wxsandbox000000002',
      token: 'sandboxPushToken2',
      encodingAesKey: 'sandboxEncodingAESKeyOfTheOtherMiniProgramB',
    };
    expect((await send(stack, makePush(revoked(openid, '8'), other))).status).toBe(200);
    expect(await profile()).toEqual(WHOLE);
  });

  it('reaches the person of a message, whose sender is the user', async () => {
    const { openid, userId } = await knownPerson(stack);
    const message = {
      ToUserName: 'gh_1',
      FromUserName: openid,
      CreateTime: 1,
      MsgType: 'text',
      Content: '你好',
    };
    await send(stack, makePush(written(message, 'json'), { format: 'json' }));
    expect((await stored()).at(-1)).toMatchObject({ user_id: userId, event: 'text', is_handled: 0 });
  });
});

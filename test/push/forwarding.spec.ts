import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { useReceiver } from './receiver.js';
import { eventOf, knownPerson, makePush, revoked, send } from './weixin.js';

describe('WEIXIN_PUSH_FORWARD_URL', () => {
  const receiver = useReceiver();
  const stack = useStack({
    get WEIXIN_PUSH_FORWARD_URL() {
      return `${receiver.url}/from-wechat/{appid}`;
    },
  });
  const unhandled = () => eventOf('o-unknown', 'wxa_media_check', { trace_id: Math.random() });
  const rowOf = async (userId: string) =>
    (await rows(stack.databaseUrl, `SELECT * FROM weixin_pushes WHERE user_id = '${userId}'`))[0];
  beforeEach(() => {
    receiver.received.length = 0;
  });
  afterEach(() => {
    receiver.answer((response) => response.end('success'));
  });

  it.each(['plain', 'compatible', 'safe'] as const)(
    'gets pushes in %s mode unchanged, and its answer goes back unchanged',
    async (mode) => {
      receiver.answer((response) => {
        response.writeHead(201, { 'content-type': 'text/xml; charset=utf-8' }).end('<xml>回复</xml>');
      });
      const push = makePush(unhandled(), { mode, contentType: 'text/xml;charset=utf-8' });
      const answer = await send(stack, push);
      expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
        201,
        '<xml>回复</xml>',
        'text/xml; charset=utf-8',
      ]);
      const url = push.path.replace('/api/weixin/push/', '/from-wechat/');
      expect(receiver.received).toMatchObject([{ method: 'POST', url, body: push.body }]);
      expect(receiver.received[0]?.headers['content-type']).toBe('text/xml;charset=utf-8');
    },
  );

  it('gets each push once, however often WeChat repeats it', async () => {
    const members = unhandled();
    const push = makePush(members);
    for (const again of [push, push, makePush(members)]) await send(stack, again);
    expect(receiver.received).toHaveLength(1);
  });

  it('gets nothing that WeChat has not signed', async () => {
    for (const mode of ['plain', 'safe'] as const)
      expect((await send(stack, makePush(unhandled(), { mode, token: 'another' }))).status).toBe(403);
    expect(receiver.received).toEqual([]);
  });

  it.each<[string, Parameters<typeof receiver.answer>[0]]>([
    ['answers 500', (response) => response.writeHead(500).end()],
    ['redirects', (response) => response.writeHead(302, { location: `${receiver.url}/other` }).end()],
    ['closes the connection', (response) => response.destroy()],
    ['answers with more than 64 KiB', (response) => response.end('x'.repeat(65_537))],
  ])('that %s gets what this service does not handle again when WeChat repeats it', async (_, behaviour) => {
    receiver.answer(behaviour);
    const members = unhandled();
    for (const mode of ['plain', 'safe'] as const) {
      const { status, body } = await send(stack, makePush(members, { mode }));
      expect([status, body['code']]).toEqual([502, 'push_forward_failed']);
    }
    receiver.answer((response) => response.end('at last'));
    for (const mode of ['plain', 'safe'] as const)
      expect((await send(stack, makePush(members, { mode }))).text).toBe('at last');
    expect(receiver.received).toHaveLength(4);
  });

  it('that fails does not change the effect or the answer of a handled push, which it gets later', async () => {
    const { openid, userId, profile } = await knownPerson(stack);
    receiver.answer((response) => response.writeHead(503).end());
    const push = makePush(revoked(openid, '8'));
    expect((await send(stack, push)).text).toBe('success');
    expect(await profile()).toMatchObject({ phone: null });
    expect(await rowOf(userId)).toMatchObject({ forward_attempts: 1, forwarded_at: null });
    // WeChat does not repeat it. A repetition is no further attempt.
    expect((await send(stack, push)).text).toBe('success');
    receiver.answer((response) => response.end('success'));
    await execute(stack.databaseUrl, `UPDATE weixin_pushes SET forward_at = 1 WHERE user_id = '${userId}'`);
    const forwarded = async () => (await rowOf(userId))?.['forwarded_at'];
    await expect.poll(forwarded, { timeout: 10_000, interval: 200 }).not.toBeNull();
    expect(receiver.received.map(({ body }) => body)).toEqual([push.body, push.body]);
    expect(receiver.received[1]?.url).toBe(push.path.replace('/api/weixin/push/', '/from-wechat/'));
  });

  it('that does not answer costs four seconds, and WeChat waits five', async () => {
    receiver.answer(() => undefined);
    const { openid } = await knownPerson(stack);
    const startedAt = performance.now();
    const [handled, other] = await Promise.all([
      send(stack, makePush(revoked(openid, '8'))),
      send(stack, makePush(unhandled())),
    ]);
    expect(performance.now() - startedAt).toBeGreaterThan(3000);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect([handled.text, other.body['code']]).toEqual(['success', 'push_forward_failed']);
    const lines = stack.logs.filter((line) => line.includes('WEIXIN_PUSH_FORWARD_URL takes no pushes'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/signature|nonce|from-wechat/);
  });

  it('is not asked by the check of the WeChat console', async () => {
    const { path } = makePush('{}', { mode: 'plain', query: { echostr: '123' } });
    expect((await stack.call(path)).text).toBe('123');
    expect(receiver.received).toEqual([]);
  });
});

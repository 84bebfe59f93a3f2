import { DataSource } from 'typeorm';
import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { SessionsService } from '../../libs/auth/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { OutboxMessage, type OutboxEventKind, OUTBOX_EVENT_KINDS } from '../../libs/outbox/src/index.js';
import { CommitEffects, PersonalDataService } from '../../libs/personal-data/src/index.js';
import { removeEndedMessages } from '../../libs/webhooks/src/delivery/remove-ended-messages.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { WebhookEndpointsService, WebhookMessagesService } from '../../libs/webhooks/src/index.js';
import { phoneCode } from '../phone/people.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';
import { useReceiver } from './receiver.js';

const WITHIN = { timeout: 10_000 };
const DAY_MS = 86_400_000;

describe('webhooks', () => {
  const stack = useStack({
    WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
    REFRESH_REUSE_GRACE_SECONDS: '0',
    MAX_SESSIONS_PER_USER: '2',
  });
  const receiver = useReceiver();
  const other = useReceiver();
  const endpoints = () => stack.service(WebhookEndpointsService);
  const messages = () => stack.service(WebhookMessagesService);
  const subscribe = (to = receiver, ...kinds: OutboxEventKind[]) =>
    endpoints().create(to.url, kinds.length > 0 ? kinds : OUTBOX_EVENT_KINDS);
  const outbox = () =>
    rows<{
      id: string;
      kind: string;
      event_id: string;
      attempts: number;
      last_result: string | null;
      state: string;
    }>(stack.databaseUrl, 'SELECT * FROM outbox ORDER BY id');
  const sessionOf = (token: string) => claimsOf(token).sid;

  beforeEach(async () => {
    for (const { id } of await endpoints().list()) await endpoints().remove(id);
    receiver.answers();
    other.answers();
    receiver.received.length = 0;
    other.received.length = 0;
  });

  it('without an endpoint that subscribes, write no row', async () => {
    await stack.loggedIn('unsubscribed');
    await subscribe(receiver, 'user.merged');
    await stack.loggedIn('other-kind');
    expect(await outbox()).toEqual([]);
  });

  it('are signed so that standardwebhooks verifies them, by both secrets during a rotation', async () => {
    const { id, secret } = await subscribe();
    const { user_id: first } = await stack.loggedIn('signed-1');
    await expect.poll(() => receiver.of('user.created', first), WITHIN).toHaveLength(1);
    const rotated = await endpoints().rotate(id, false);
    expect(rotated.secret).not.toBe(secret);
    const { user_id: second } = await stack.loggedIn('signed-2');
    await expect.poll(() => receiver.of('user.created', second), WITHIN).toHaveLength(1);
    const last = await endpoints().rotate(id, true);
    const { user_id: third } = await stack.loggedIn('signed-3');
    await expect.poll(() => receiver.of('user.created', third), WITHIN).toHaveLength(1);
    const isVerified = (userId: string, by: string) => {
      const [{ body, headers } = { body: '', headers: {} }] = receiver.of('user.created', userId);
      try {
        return Boolean(new Webhook(by).verify(body, headers));
      } catch {
        return false;
      }
    };
    const secrets = [secret, rotated.secret, last.secret];
    expect([first, second, third].map((user) => secrets.map((by) => isVerified(user, by)))).toEqual([
      [true, false, false],
      [true, true, false],
      [false, false, true],
    ]);
    expect(receiver.of('user.created', first)[0]?.event).toEqual({
      type: 'user.created',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: { user_id: first, appid: 'wxsandbox000000001' },
    });
  });

  it('report each change of a user and of its sessions once, with ids only', async () => {
    await subscribe();
    const [user, twin] = [await stack.loggedIn('changing'), await stack.loggedIn('twin')];
    const { user_id: id, access: token } = user;
    await stack.call('/api/me', { method: 'PUT', token, json: { nickname: '小红' } });
    await stack.service(CustomClaimsService).replace(id, { role: 'editor' });
    await stack.call('/api/me/phone', {
      token,
      json: { code: await phoneCode(stack, { user: 'changing', phone: '13800138123' }) },
    });
    const second = await stack.loggedIn('changing');
    await stack.loggedIn('changing');
    const next = await stack.refresh(second.refresh);
    await stack.refresh(next.body.refresh);
    expect((await stack.refresh(second.refresh)).body).toMatchObject({ code: 'refresh_token_reused' });
    await stack.users.disable(id);
    await stack.users.disable(id, { until: Date.UTC(2100, 0) });
    await stack.users.enable(id);
    const { access } = await stack.loggedIn('changing');
    const code = await stack.code('twin');
    expect((await stack.call('/api/me/merge', { token: access, json: { keep: 'mine', code } })).status).toBe(
      200,
    );

    const data = () => receiver.received.map(({ event }) => ({ type: event.type, ...event.data }));
    const session_id = sessionOf(second.refresh);
    const appid = 'wxsandbox000000001';
    const inOrder = (list: object[]) => list.map((one) => JSON.stringify(one)).sort();
    // Messages are sent at the same time: the last change need not arrive last.
    await expect
      .poll(() => inOrder(data()), WITHIN)
      .toEqual(
        inOrder([
          { type: 'user.created', user_id: id, appid },
          { type: 'user.created', user_id: twin.user_id, appid },
          { type: 'user.updated', user_id: id, changed: ['nickname'] },
          { type: 'user.updated', user_id: id, changed: ['custom_claims'] },
          { type: 'user.phone_bound', user_id: id },
          {
            type: 'session.ended',
            user_id: id,
            session_id: sessionOf(user.refresh),
            appid,
            reason: 'too_many_sessions',
          },
          { type: 'session.ended', user_id: id, session_id, appid, reason: 'refresh_token_reused' },
          { type: 'refresh_token.reused', user_id: id, session_id, appid },
          { type: 'user.disabled', user_id: id, until: null },
          { type: 'user.disabled', user_id: id, until: '2100-01-01T00:00:00.000Z' },
          { type: 'user.enabled', user_id: id },
          {
            type: 'session.ended',
            user_id: twin.user_id,
            session_id: sessionOf(twin.refresh),
            appid,
            reason: 'user_merged',
          },
          { type: 'user.merged', user_id: id, merged_user_id: twin.user_id },
        ]),
      );
    const sent = JSON.stringify(receiver.received);
    for (const secret of ['13800138123', '小红', token, second.refresh, 'openid', 'unionid'])
      expect(sent).not.toContain(secret);
  });

  it('are sent again with the same id after a failure, die after three days, and can be replayed', async () => {
    const { id } = await subscribe(receiver, 'user.created');
    receiver.answers((_, response) => void response.writeHead(503).end());
    await stack.loggedIn('retried');
    await expect.poll(outbox, WITHIN).toMatchObject([{ attempts: 1, last_result: '503', state: 'pending' }]);
    // About 5 seconds are left until the next attempt, and three days until the last.
    await execute(stack.databaseUrl, 'UPDATE outbox SET next_attempt_at = 1');
    await expect.poll(outbox, WITHIN).toMatchObject([{ attempts: 2, last_result: '503', state: 'pending' }]);
    await execute(stack.databaseUrl, 'UPDATE outbox SET next_attempt_at = 1, give_up_at = 1');
    await expect.poll(outbox, WITHIN).toMatchObject([{ attempts: 3, state: 'dead' }]);
    expect(await messages().list(id, { state: 'dead', limit: 10 })).toHaveLength(1);

    receiver.answers();
    expect(await messages().replay(id)).toBe(1);
    await expect
      .poll(() => messages().list(id, { state: 'delivered', limit: 10 }), WITHIN)
      .toMatchObject([{ attempts: 1, lastResult: '204' }]);
    expect(await messages().replay(id)).toBe(0);
    const [message] = await outbox();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(4).fill(message?.event_id),
    );
    expect(await messages().replay(id, message?.id)).toBe(1);
    await expect.poll(() => receiver.received, WITHIN).toHaveLength(5);
  });

  it('reach a good receiver immediately while another one never answers', async () => {
    const hanging = await subscribe(other, 'user.created');
    await subscribe(receiver, 'user.created');
    other.answers(() => undefined);
    for (let n = 0; n < 20; n += 1) await stack.loggedIn(`hung-${n}`);
    await expect.poll(() => receiver.received, { timeout: 9000 }).toHaveLength(20);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(20);
    expect(other.received.length).toBeGreaterThan(0);
    expect(await messages().list(hanging.id, { state: 'delivered', limit: 50 })).toEqual([]);
    // The attempts under way end with the connections.
    other.answers();
    other.hangUp();
    await execute(
      stack.databaseUrl,
      `UPDATE outbox SET next_attempt_at = 1 WHERE next_attempt_at IS NOT NULL`,
    );
    await expect
      .poll(() => messages().list(hanging.id, { state: 'delivered', limit: 50 }), WITHIN)
      .toHaveLength(20);
  });

  it('of a removed endpoint are removed with it', async () => {
    const { id } = await subscribe(receiver, 'user.created');
    receiver.answers((_, response) => void response.writeHead(500).end());
    await stack.loggedIn('removed');
    await expect.poll(outbox, WITHIN).toMatchObject([{ attempts: 1 }]);
    await endpoints().remove(id);
    expect(await outbox()).toEqual([]);
    await expect(endpoints().remove(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are removed seven days after their delivery, and with the endpoint that an instance did not yet know to be gone', async () => {
    const { id } = await subscribe(receiver, 'user.created');
    await stack.loggedIn('old');
    await expect.poll(() => messages().list(id, { state: 'delivered', limit: 9 }), WITHIN).toHaveLength(1);
    const [delivered] = await messages().list(id, { limit: 9 });
    const orphan = {
      ...delivered,
      id: '00000000-0000-7000-8000-000000000001',
      endpointId: 'gone',
      endedAt: null,
    };
    await stack.service(Database).write((manager) => manager.insert(OutboxMessage, orphan));
    const clean = (inMs: number) =>
      stack.service(Database).write((manager) => removeEndedMessages(manager, Date.now() + inMs, 100));
    await clean(7 * DAY_MS - 60_000);
    expect(await outbox()).toHaveLength(1);
    // Ids of this process may be ahead of the clock: another file may have moved it.
    await clean(8 * DAY_MS);
    expect(await outbox()).toEqual([]);
  });

  it('about an erased user stay until they are delivered, and are exported until then', async () => {
    const { id } = await subscribe(receiver, 'user.created');
    const personal = stack.service(PersonalDataService);
    const erase = (userId: string) =>
      stack.service(Database).write((manager) => personal.erase(manager, [userId], new CommitEffects()));
    receiver.answers((_, response) => void response.writeHead(500).end());
    const { user_id: userId } = await stack.loggedIn('erased');
    const exported = await personal.export(stack.service(DataSource).manager, [userId]);
    expect(exported['outbox']).toMatchObject([{ user_id: userId, kind: 'user.created', ended_at: null }]);
    await erase(userId);
    expect(await outbox()).toHaveLength(1);
    receiver.answers();
    await execute(stack.databaseUrl, 'UPDATE outbox SET next_attempt_at = 1');
    await expect.poll(() => messages().list(id, { state: 'delivered', limit: 9 }), WITHIN).toHaveLength(1);
    await erase(userId);
    expect(await outbox()).toEqual([]);
  });

  it('are not appended by a write that is rolled back', async () => {
    await subscribe(receiver, 'session.ended');
    const { user_id: userId } = await stack.loggedIn('rolled-back');
    const ended = stack.service(Database).write(async (manager) => {
      await stack.service(SessionsService).endAll(manager, [userId], 'user_erased');
      throw new Error('undone');
    });
    await expect(ended).rejects.toThrow('undone');
    expect(await outbox()).toEqual([]);
  });
});

import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { CleanupService } from '../../libs/auth/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { CommitEffects, PersonalDataService } from '../../libs/personal-data/src/index.js';
import { WebhookEndpointsService } from '../../libs/webhooks/src/index.js';
import { adminCaller } from '../admin/admin.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { knownPerson, makePush, revoked, send } from './weixin.js';

const DAY_MS = 86_400_000;

describe('the inbox of pushes', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const inbox = () =>
    rows<{ id: string; user_id: string }>(stack.databaseUrl, 'SELECT * FROM weixin_pushes ORDER BY id');

  it('is exported with the content, and erased, of one user only', async () => {
    const [leaving, staying] = [await knownPerson(stack), await knownPerson(stack)];
    for (const { openid } of [leaving, staying]) await send(stack, makePush(revoked(openid, '8')));
    const { manager } = stack.service(DataSource);
    const exported = await stack.service(PersonalDataService).export(manager, [leaving.userId]);
    expect(exported['weixin_pushes']).toEqual([
      expect.objectContaining({
        user_id: leaving.userId,
        event: 'user_authorization_revoke',
        content: expect.stringContaining(`<OpenID><![CDATA[${leaving.openid}]]></OpenID>`) as string,
      }),
    ]);
    await stack.service(Database).write(async (write) => {
      await stack.service(PersonalDataService).erase(write, [leaving.userId], new CommitEffects());
    });
    expect((await inbox()).map(({ user_id }) => user_id)).toEqual([staying.userId]);
  });

  it('is exported and erased with the pushes about a person from before the first login', async () => {
    const { openid } = await knownPerson(stack);
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET openid = 'moved' WHERE openid = '${openid}'`,
    );
    await send(stack, makePush(revoked(openid, '8')));
    await send(stack, makePush(revoked('o-a-stranger', '8')));
    const unknown = () =>
      rows(stack.databaseUrl, 'SELECT id, person_hash FROM weixin_pushes WHERE user_id IS NULL');
    expect(JSON.stringify(await unknown())).not.toContain(openid);
    expect(await unknown()).toHaveLength(2);
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET openid = '${openid}' WHERE openid = 'moved'`,
    );
    const [identity] = await rows<{ user_id: string }>(
      stack.databaseUrl,
      `SELECT user_id FROM weixin_identities WHERE openid = '${openid}'`,
    );
    const userId = identity?.user_id ?? '';
    const exported = await stack
      .service(PersonalDataService)
      .export(stack.service(DataSource).manager, [userId]);
    expect(exported['weixin_pushes']).toHaveLength(1);
    await stack.service(Database).write(async (write) => {
      await stack.service(PersonalDataService).erase(write, [userId], new CommitEffects());
    });
    expect(await unknown()).toHaveLength(1);
    await execute(stack.databaseUrl, 'DELETE FROM weixin_pushes WHERE user_id IS NULL');
  });

  it('loses each push three days after its arrival', async () => {
    const agoMs = { old: 3 * DAY_MS + 60_000, young: 3 * DAY_MS - 60_000 };
    for (const [event, ms] of Object.entries(agoMs)) {
      const at = Date.now() - ms;
      const values = `'${v7({ msecs: at })}', 'wx', '${event}', '${event}', 'x', ${at}, 0, 0`;
      await execute(
        stack.databaseUrl,
        `INSERT INTO weixin_pushes (id, appid, digest, event, push, received_at, is_handled, forward_attempts) VALUES (${values})`,
      );
    }
    await stack.service(CleanupService).runOnce();
    const events = (await rows(stack.databaseUrl, 'SELECT event FROM weixin_pushes')).map(
      ({ event }) => event,
    );
    expect(events).toContain('young');
    expect(events).not.toContain('old');
  });

  it('is read through the admin API by an account of the mini-program, with an event of the audit log', async () => {
    const { openid, userId } = await knownPerson(stack);
    await send(stack, makePush(revoked(openid, '8'), { format: 'json' }));
    const id = (await inbox()).find(({ user_id }) => user_id === userId)?.id ?? '';
    const { ask, clientId } = await adminCaller(stack, { scopes: ['pushes:read'] });
    const { status, body } = await ask(`/weixin/pushes/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, user_id: userId, event: 'user_authorization_revoke' });
    expect(JSON.parse(String(body['content']))).toMatchObject({ OpenID: openid, RevokeInfo: '8' });
    const elsewhere = await adminCaller(stack, { scopes: ['pushes:read'], appids: ['wxsandbox000000002'] });
    expect((await elsewhere.ask(`/weixin/pushes/${id}`)).status).toBe(404);
    const revealed = await rows(
      stack.databaseUrl,
      "SELECT user_id, actor FROM auth_events WHERE kind = 'weixin_push_revealed'",
    );
    expect(revealed).toEqual([{ user_id: userId, actor: clientId }]);
  });

  it('reports each push and each change to webhooks, by ids only', async () => {
    const { openid, userId } = await knownPerson(stack);
    await stack
      .service(WebhookEndpointsService)
      .create('https://receiver.invalid/', ['weixin.push', 'user.updated']);
    const push = makePush(revoked(openid, '6'));
    await send(stack, push);
    await send(stack, push);
    const sent = await rows<{ payload: string }>(stack.databaseUrl, 'SELECT payload FROM outbox ORDER BY id');
    const [id] = (await inbox()).filter(({ user_id }) => user_id === userId).map((row) => row.id);
    const payloads = sent.map(({ payload }) => JSON.parse(payload) as { type: string; data: object });
    expect(payloads.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: 'weixin.push',
        data: {
          user_id: userId,
          appid: 'wxsandbox000000001',
          event: 'user_authorization_revoke',
          push_id: id,
        },
      },
      { type: 'user.updated', data: { user_id: userId, changed: ['nickname', 'avatar_url'] } },
    ]);
    expect(JSON.stringify(sent)).not.toContain(openid);
  });
});

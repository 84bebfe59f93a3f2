import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { ErasuresService, LedgerReplayService } from '../../libs/deletion/src/index.js';
import { PersonalDataService } from '../../libs/personal-data/src/index.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { WebhookEndpointsService } from '../../libs/webhooks/src/index.js';
import { phoneCode } from '../phone/people.js';
import { everythingIn, rows } from '../support/rows.js';
import type { LoginBody } from '../support/stack.js';
import { useDeletions } from './people.js';

const CANARY = 'canary-8a1f';
const PHONES = { ming: '13800138123', 'ming elsewhere': '13900139123' };

describe('an erased user', () => {
  const { stack, ledger, entries, leave, again, timePasses, minutePasses } = useDeletions();
  /** What must be nowhere: texts of the person and the sealed forms of them. */
  let traces: string[];
  let user: LoginBody;
  let merged: LoginBody;
  /** All rows before the erasure, as a backup has them. */
  let backup: Map<Type<object>, object[]>;

  /** Logs a person in and fills every table. */
  async function filled(name: keyof typeof PHONES): Promise<LoginBody> {
    const json = { code: await stack.code(name), device: { id: CANARY, name: `${CANARY} phone` } };
    const { body } = await stack.call<LoginBody>('/api/weixin/login', {
      json,
      headers: { 'user-agent': `${CANARY} agent` },
    });
    const token = body.access;
    await stack.call('/api/me', { method: 'PUT', token, json: { nickname: `${CANARY} nickname` } });
    const code = await phoneCode(stack, { user: name, phone: PHONES[name] });
    await stack.call('/api/me/phone', { token, json: { code } });
    await stack.call('/api/weixin/data', { token, json: { items: [`${CANARY} item`] } });
    await stack.call(`/api/me/consents/${CANARY}`, { method: 'PUT', token, json: { version: '1' } });
    await stack.service(CustomClaimsService).replace(body.user_id, { role: `${CANARY} role` });
    await stack.sandbox('POST', '/sandbox/pushes', { user: name, revokeInfo: '13', serviceUrl: stack.url });
    return body;
  }
  const dataSource = () => stack.service(DataSource);
  async function remember(): Promise<void> {
    const ids = `('${user.user_id}', '${merged.user_id}')`;
    const find = (sql: string) => rows<Record<string, string | null>>(stack.databaseUrl, sql);
    const found = [
      ...(await find(`SELECT openid, unionid, session_key FROM weixin_identities WHERE user_id IN ${ids}`)),
      ...(await find(`SELECT phone, phone_hash FROM user_phones WHERE user_id IN ${ids}`)),
      ...(await find(`SELECT push FROM weixin_pushes WHERE user_id IN ${ids}`)),
    ].flatMap((row) => Object.values(row));
    traces.push(...found.filter((text) => text !== null));
    backup = new Map();
    for (const { target } of dataSource().entityMetadatas)
      backup.set(target as Type<object>, await dataSource().manager.find(target));
  }
  async function tracesLeft(): Promise<string[]> {
    const [stored, log] = [
      await everythingIn(stack.databaseUrl),
      stack.logs.join('') + readFileSync(ledger, 'utf8'),
    ];
    return traces.filter((text) => stored.includes(text) || log.includes(text));
  }

  beforeAll(async () => {
    traces = [CANARY, ...Object.values(PHONES)];
    const kinds = ['user.created', 'user.deletion_requested', 'user.deleted'] as const;
    await stack.service(WebhookEndpointsService).create('https://receiver.invalid/', kinds);
    user = await filled('ming');
    merged = await filled('ming elsewhere');
    // The merge seals a phone number again and removes the other one.
    await remember();
    const json = { keep: 'mine', code: await stack.code('ming elsewhere') };
    expect((await stack.call('/api/me/merge', { token: user.access, json })).status).toBe(200);
    await stack.service(AuthEventsService).flush();
    await remember();
    expect((await leave(user.access, 'ming')).status).toBe(200);
    await stack.loggedIn('hong');
  });

  it('has rows in every table that stores rows of users', () => {
    const filledTables = [...backup]
      .filter(([, stored]) => JSON.stringify(stored).includes(user.user_id))
      .map(([target]) => dataSource().getMetadata(target).tableName);
    const registered = [...stack.service(PersonalDataService).handlers.keys()];
    expect(registered.filter((name) => !filledTables.includes(name))).toEqual(['deleted_users']);
  });

  it('stays until the cooling-off has ended', async () => {
    expect(await stack.service(ErasuresService).eraseDue()).toBe(false);
    expect(await tracesLeft()).toContain(CANARY);
  });

  it('leaves no trace in any table, file or log, nor does a user who was merged into it', async () => {
    await timePasses();
    // Another instance has an event in memory until then.
    stack.service(AuthEventsService).record({
      kind: 'login',
      userId: user.user_id,
      client: { userAgent: CANARY },
    });
    await stack.service(AuthEventsService).flush();
    await minutePasses();
    expect(await tracesLeft()).toEqual([]);
    const ids = [user.user_id, merged.user_id].sort();
    const deleted = await rows<{ user_id: string }>(stack.databaseUrl, 'SELECT user_id FROM deleted_users');
    expect(deleted.map(({ user_id: id }) => id).sort()).toEqual(ids);
    expect(entries().at(-1)).toEqual({
      action: 'erased',
      user_id: user.user_id,
      merged_user_ids: [merged.user_id],
      at: 'string',
    });
  });

  it('is reported to webhooks with the ids of merged users', async () => {
    const sent = await rows<{ payload: string }>(stack.databaseUrl, 'SELECT payload FROM outbox ORDER BY id');
    const events = sent.map(({ payload }) => JSON.parse(payload) as { type: string; data: object });
    const id = user.user_id;
    expect(events.filter(({ type }) => type !== 'user.created')).toMatchObject([
      { type: 'user.deletion_requested', data: { user_id: id, deletes_at: expect.any(String) as string } },
      { type: 'user.deleted', data: { user_id: id, merged_user_ids: [merged.user_id] } },
    ]);
  });

  it('leaves events with time, kind and ids only', async () => {
    const sql = `SELECT kind, ip, user_agent, detail FROM auth_events WHERE user_id = '${user.user_id}'`;
    const events = await rows<{ kind: string }>(stack.databaseUrl, sql);
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['login', 'users_merged', 'deletion_requested', 'user_deleted']),
    );
    for (const event of events) expect(event).toMatchObject({ ip: null, user_agent: null, detail: null });
  });

  it.each([
    ['own', () => user],
    ['merged', () => merged],
  ])('is named as deleted to the refresh token of the %s user', async (_, whose) => {
    const { status, body } = await stack.refresh(whose().refresh);
    expect([status, body]).toMatchObject([401, { code: 'refresh_token_revoked', ended_by: 'deletion' }]);
    expect((await stack.knock(whose().access))[0]).toBe(401);
  });

  it('is a new and empty user after a login of the person', async () => {
    const back = await again('ming');
    expect(back).toMatchObject({ is_new_user: true });
    expect(back.deletion).toBeUndefined();
    expect(back.user_id).not.toBe(user.user_id);
    expect((await stack.call('/api/weixin/data', { token: back.access })).body['items']).toEqual([]);
    await leave(back.access, 'ming');
    await timePasses();
  });

  it('is erased again from a restored backup by the ledger, and a second replay changes nothing', async () => {
    const { manager } = dataSource();
    await stack.service(Database).write(async (writer) => {
      for (const target of backup.keys()) {
        const name = manager.connection.getMetadata(target).tableName;
        if (['signing_keys', 'auth_events'].includes(name)) continue;
        await writer.createQueryBuilder().delete().from(target).execute();
        const restored = backup.get(target) ?? [];
        if (restored.length > 0) await writer.insert(target, restored);
      }
    });
    expect(await tracesLeft()).toContain(CANARY);
    const lines = [...readFileSync(ledger, 'utf8').split('\n'), '{"at":"20', 'null'];
    const replay = () => stack.service(LedgerReplayService).replay(lines);
    const nothing = { erased: 0, requested: 0, cancelled: 0, unconfirmed: 0, unreadable: 2 };
    expect(await replay()).toEqual({ ...nothing, erased: 1 });
    expect(await replay()).toEqual(nothing);
    await minutePasses();
    expect(await tracesLeft()).toEqual([]);
  });
});

describe('a user who is disabled in the cooling-off', () => {
  const { stack, leave, timePasses } = useDeletions();

  it('is not erased until the user is enabled', async () => {
    const { access, user_id: userId } = await stack.loggedIn('ming');
    await leave(access, 'ming');
    await stack.users.disable(userId);
    await timePasses();
    expect(await stack.users.find(userId)).not.toBeNull();
    await stack.users.enable(userId);
    await timePasses();
    expect(await stack.users.find(userId)).toBeNull();
  });
});

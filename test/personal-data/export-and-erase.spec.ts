import { DataSource } from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { CommitEffects, PersonalDataService } from '../../libs/personal-data/src/index.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { phoneCode } from '../phone/people.js';
import { rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

const [NICKNAME, PHONE, DEVICE, ITEM] = ['小明的昵称', '13800138123', 'the red phone', 'buy a red bicycle'];
/** As `SealerService.seal` returns it. */
const SEALED = /^v1\.[\w-]+\.[\w-]{38,}$/;
const USER_AGENT = 'red-browser/1.0';

describe('everything that the service stores of a user', () => {
  const stack = useStack();
  let user: LoginBody;
  let other: LoginBody;

  /** Logs a user in and fills every table. */
  async function filled(name: string, phone: string): Promise<LoginBody> {
    const json = { code: await stack.code(name), device: { id: `${name}-1`, name: `${DEVICE} of ${name}` } };
    const headers = { 'user-agent': `${USER_AGENT} of ${name}` };
    const { body } = await stack.call<LoginBody>('/api/weixin/login', { json, headers });
    const token = body.access;
    await stack.call('/api/me', { method: 'PUT', token, json: { nickname: `${NICKNAME} of ${name}` } });
    await stack.call('/api/me/phone', {
      token,
      json: { code: await phoneCode(stack, { user: name, phone }) },
    });
    await stack.call('/api/weixin/data', { token, json: { items: [`${ITEM} of ${name}`] } });
    await stack.service(CustomClaimsService).replace(body.user_id, { role: `role of ${name}` });
    return body;
  }
  const exported = (...ids: string[]) =>
    stack.service(PersonalDataService).export(stack.service(DataSource).manager, ids);
  const erase = async (...ids: string[]) => {
    const effects = await stack.service(Database).write(async (manager) => {
      const effects = new CommitEffects();
      await stack.service(PersonalDataService).erase(manager, ids, effects);
      return effects;
    });
    await effects.run();
  };
  /** The rows of all tables, by table, that contain a text. */
  async function tablesWith(text: string): Promise<string[]> {
    const tables = stack.service(DataSource).entityMetadatas.map(({ tableName }) => tableName);
    const contents = await Promise.all(
      tables.map(async (table) => JSON.stringify(await rows(stack.databaseUrl, `SELECT * FROM ${table}`))),
    );
    return tables.filter((_, index) => contents[index]?.includes(text));
  }

  beforeAll(async () => {
    user = await filled('ming', PHONE);
    other = await filled('hong', '13900139123');
    await stack.service(AuthEventsService).flush();
  });

  it('is sealed in the columns that the handlers name, and in no other one', async () => {
    const sealed = new Set<string>();
    for (const [table, { stores }] of stack.service(PersonalDataService).handlers) {
      const declared = stores
        .filter(({ protection }) => protection === 'sealed')
        .flatMap((one) => one.columns);
      for (const row of await rows(stack.databaseUrl, `SELECT * FROM ${table}`))
        for (const [column, value] of Object.entries(row).filter(([, stored]) => stored !== null)) {
          expect(SEALED.test(String(value)), `${table}.${column}`).toBe(declared.includes(column));
          if (declared.includes(column)) sealed.add(`${table}.${column}`);
        }
    }
    expect([...sealed].sort()).toEqual(['user_phones.phone', 'weixin_identities.session_key']);
  });

  it('is exported by table, with open texts and ISO times', async () => {
    const userId = user.user_id;
    expect(JSON.parse(JSON.stringify(await exported(userId)))).toEqual({
      auth_events: [
        expect.objectContaining({ kind: 'login', user_id: userId, user_agent: `${USER_AGENT} of ming` }),
        expect.objectContaining({ kind: 'phone_bound', user_id: userId }),
        expect.objectContaining({ kind: 'claims_changed', user_id: userId }),
      ],
      sessions: [
        expect.objectContaining({ user_id: userId, device_id: 'ming-1', device: `${DEVICE} of ming` }),
      ],
      user_documents: [
        {
          user_id: userId,
          version: 1,
          document: { items: [`${ITEM} of ming`] },
          updated_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        },
      ],
      user_phones: [expect.objectContaining({ user_id: userId, phone: `+86${PHONE}`, quota_used: 1 })],
      users: [
        {
          id: userId,
          nickname: `${NICKNAME} of ming`,
          avatar_url: null,
          disabled_at: null,
          disabled_until: null,
          merged_into: null,
          custom_claims: { role: 'role of ming' },
          deletes_at: null,
          deletion_by: null,
          created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        },
      ],
      weixin_identities: [expect.objectContaining({ user_id: userId, appid: 'wxsandbox000000001' })],
      weixin_unions: [{ user_id: userId, unionid: expect.stringMatching(/^o/) as string }],
    });
  });

  it('is exported without session_key, hashes and sealed values', async () => {
    const text = JSON.stringify(await exported(user.user_id));
    const [identity] = await rows(stack.databaseUrl, 'SELECT session_key FROM weixin_identities');
    const [phone] = await rows(stack.databaseUrl, 'SELECT phone, phone_hash FROM user_phones');
    for (const secret of [identity?.['session_key'], phone?.['phone'], phone?.['phone_hash']]) {
      expect(secret).toEqual(expect.any(String));
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/session_key|hash|generation|"v1\./);
  });

  it('is exported without rows of other users, and of several ids together', async () => {
    expect(JSON.stringify(await exported(user.user_id))).not.toContain('hong');
    expect((await exported(user.user_id, other.user_id))['users']).toHaveLength(2);
    expect(await exported('00000000-0000-7000-8000-000000000000')).toEqual({});
  });

  it('is erased, the access token with it, and no row of another user', async () => {
    const othersBefore = JSON.stringify(await exported(other.user_id));
    const [{ openid, unionid } = {}] = (await exported(user.user_id))['weixin_identities'] as {
      openid: string;
      unionid: string;
    }[];
    expect((await stack.knock(user.access))[0]).toBe(200);
    await erase(user.user_id);
    for (const text of ['ming', PHONE, NICKNAME + ' of ming', String(openid), String(unionid)])
      expect(
        (await tablesWith(text)).filter((table) => table !== 'auth_events'),
        text,
      ).toEqual([]);
    expect((await tablesWith(user.user_id)).sort()).toEqual(['auth_events', 'sessions']);
    expect(await stack.knock(user.access)).toEqual([401, 'token_revoked']);
    expect((await stack.refresh(user.refresh)).status).toBe(401);
    expect(JSON.stringify(await exported(other.user_id))).toBe(othersBefore);
    expect((await stack.knock(other.access))[0]).toBe(200);
  });

  it('leaves after the erasure events, for the steps of the job, and sessions without device and address', async () => {
    const { auth_events: events, sessions, ...rest } = await exported(user.user_id);
    expect(rest).toEqual({});
    expect(events).toHaveLength(3);
    expect(sessions).toMatchObject([
      { device_id: null, device: null, ip: null, revoked_reason: 'user_erased' },
    ]);
  });

  it('begins empty when the person logs in again after the erasure', async () => {
    const again = await stack.loggedIn('ming');
    expect(again).toMatchObject({ is_new_user: true });
    expect(again.user_id).not.toBe(user.user_id);
    expect((await stack.call('/api/weixin/data', { token: again.access })).body['items']).toEqual([]);
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { ServiceAccountsService } from '../../libs/admin/src/index.js';
import { call } from '../support/http.js';
import { everythingIn, rows } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { adminUrlOf, APPID, createAccount, form } from './admin.js';

/** Within this time every instance refuses a revoked account. */
const WITHIN_MS = 2000;

describe('a service account', () => {
  const env: NodeJS.ProcessEnv = { ADMIN_PORT: '0' };
  const stack = useStack(env);
  const service = () => stack.service(ServiceAccountsService);
  type Account = { clientId: string; clientSecret: string };

  const tokenOf = async ({ clientId, clientSecret }: Account) => {
    const parameters = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { status, body } = await call(`${adminUrlOf(stack)}/oauth/token`, form(parameters));
    return status === 200 ? String(body['access_token']) : undefined;
  };
  const apps = async (token: string | undefined) => {
    const { status, body, headers } = await call(`${adminUrlOf(stack)}/api/admin/apps`, { token });
    return { status, code: body['code'], body, challenge: headers.get('www-authenticate') };
  };
  const isRefused = async (account: Account) => (await tokenOf(account)) === undefined;

  it('lists the served apps that it may ask about', async () => {
    const account = await createAccount(stack, { appids: [APPID, 'wx1234567890abcdef'] });
    expect((await apps(await tokenOf(account))).body).toMatchObject({ items: [{ appid: APPID }] });
  });

  it('gets 401 without its own token, and for tokens of users', async () => {
    const { access, refresh } = await stack.loggedIn();
    expect(await apps(undefined)).toMatchObject({ status: 401, code: 'token_missing' });
    for (const token of [access, refresh, 'a.b.c'])
      expect(await apps(token)).toMatchObject({ status: 401, code: 'token_invalid' });
  });

  it('gets 403 insufficient_scope without the scope, or with a token without it', async () => {
    const { status, code, challenge } = await apps(await tokenOf(await createAccount(stack, { scopes: [] })));
    expect([status, code]).toEqual([403, 'insufficient_scope']);
    expect(challenge).toBe('Bearer realm="weapp-passport", error="insufficient_scope"');
  });

  it('has two live secrets while it rotates, and one after a compromised rotation', async () => {
    const first = await createAccount(stack);
    const second = await service().rotate({ name: first.name }, false);
    expect(second?.clientId).toBe(first.clientId);
    if (!second) return;
    await vi.waitFor(async () => {
      expect(await tokenOf(second)).toBeDefined();
    }, WITHIN_MS);
    expect(await tokenOf(first)).toBeDefined();
    const third = await service().rotate({ name: first.name }, false);
    await vi.waitFor(async () => {
      expect(await isRefused(first)).toBe(true);
    }, WITHIN_MS);
    expect(await tokenOf(second)).toBeDefined();
    await service().rotate({ name: first.name }, true);
    for (const account of [second, third ?? second])
      await vi.waitFor(async () => {
        expect(await isRefused(account)).toBe(true);
      }, WITHIN_MS);
  });

  it('is refused within two seconds once it is revoked, its tokens too, and for good', async () => {
    const account = await createAccount(stack);
    const token = await tokenOf(account);
    expect((await apps(token)).status).toBe(200);
    await service().revoke({ name: account.name });
    await vi.waitFor(async () => {
      expect(await isRefused(account)).toBe(true);
    }, WITHIN_MS);
    expect(await apps(token)).toMatchObject({ status: 401, code: 'token_revoked' });
    expect(await service().rotate({ name: account.name }, false)).toBeUndefined();
    expect(await service().create({ name: account.name, scopes: [], appids: [APPID] })).toBeUndefined();
  });

  it('leaves an audit event of each change, and no secret in the database', async () => {
    const { name, clientSecret } = await createAccount(stack);
    await service().rotate({ name }, false);
    await service().revoke({ name });
    const sql = `SELECT kind FROM auth_events WHERE detail = '${name}' ORDER BY id`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([
      { kind: 'service_account_created' },
      { kind: 'service_account_rotated' },
      { kind: 'service_account_revoked' },
    ]);
    const everything = await everythingIn(stack.databaseUrl);
    expect(everything).not.toContain(clientSecret);
    expect(everything).not.toContain(Buffer.from(clientSecret, 'base64url').toString('hex'));
  });

  it('survives another SECRET_KEY, and its tokens survive with a fallback', async () => {
    const account = await createAccount(stack);
    const token = await tokenOf(account);
    env['SECRET_KEY'] = randomBytes(48).toString('base64');
    env['SECRET_KEY_FALLBACKS'] = SECRET_KEY;
    await stack.restart();
    expect((await apps(token)).status).toBe(200);
    expect(await tokenOf(account)).toBeDefined();
  });
});

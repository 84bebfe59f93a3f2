import { describe, expect, it, vi } from 'vitest';
import { KeyringService } from '../../libs/crypto/src/index.js';
import { ServiceAccount } from '../../libs/admin/src/service-accounts/service-account.entity.js';
import { LiveAccountsService } from '../../libs/admin/src/service-accounts/live-accounts.service.js';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { decode } from '../tokens/forge.js';
import { adminUrlOf, APPID, createAccount, form } from './admin.js';

describe('POST /oauth/introspect', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  type Account = Awaited<ReturnType<typeof createAccount>>;
  const introspect = ({ clientId, clientSecret }: Account, token: string) =>
    call(
      `${adminUrlOf(stack)}/oauth/introspect`,
      form({ client_id: clientId, client_secret: clientSecret, token, token_type_hint: 'access_token' }),
    );
  const INACTIVE = [200, { active: false }];
  const answer = async (account: Account, token: string) => {
    const { status, body } = await introspect(account, token);
    return [status, body];
  };

  it('answers the claims of a live access token', async () => {
    const { access, user_id } = await stack.loggedIn();
    const { status, body } = await introspect(await createAccount(stack, { scopes: [] }), access);
    const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect([status, body]).toEqual([200, { ...claims, active: true, token_type: 'Bearer' }]);
    expect(body).toMatchObject({ sub: user_id, client_id: APPID });
  });

  it('answers inactive without a reason for every other token', async () => {
    const account = await createAccount(stack);
    const { access, refresh } = await stack.loggedIn();
    const { body } = await call(
      `${adminUrlOf(stack)}/oauth/token`,
      form({
        grant_type: 'client_credentials',
        client_id: account.clientId,
        client_secret: account.clientSecret,
      }),
    );
    const others = [refresh, String(body['access_token']), `${access}x`, 'x', 'a.b.c', 'x'.repeat(4100)];
    for (const token of others) expect(await answer(account, token)).toEqual(INACTIVE);
  });

  it('answers inactive for a token of an app that the account may not ask about', async () => {
    const { access } = await stack.loggedIn();
    expect(await answer(await createAccount(stack, { appids: ['wxsandbox000000002'] }), access)).toEqual(
      INACTIVE,
    );
  });

  it('answers inactive for the token of an ended session and of a disabled user', async () => {
    const account = await createAccount(stack);
    const ended = await stack.loggedIn('ended');
    await stack.call('/api/token/blacklist/', { json: { refresh: ended.refresh } });
    expect(await answer(account, ended.access)).toEqual(INACTIVE);
    const disabled = await stack.loggedIn('disabled');
    await stack.users.disable(disabled.user_id);
    await vi.waitFor(async () => {
      expect(await answer(account, disabled.access)).toEqual(INACTIVE);
    }, 2000);
  });

  it('needs an authenticated client, and a token', async () => {
    const account = await createAccount(stack);
    const { access } = await stack.loggedIn();
    const refused = await introspect({ ...account, clientSecret: 'x' }, access);
    expect([refused.status, refused.body['error']]).toEqual([401, 'invalid_client']);
    const missing = await introspect(account, '');
    expect([missing.status, missing.body['error']]).toEqual([400, 'invalid_request']);
  });

  it('reads the database once for many calls within a second', async () => {
    const account = await createAccount(stack);
    const { access } = await stack.loggedIn();
    const accounts = stack.service(LiveAccountsService) as unknown as {
      accounts: { findOneBy: (where: object) => Promise<ServiceAccount | null> };
    };
    const reads = vi.spyOn(accounts.accounts, 'findOneBy');
    await Promise.all(Array.from({ length: 50 }, () => introspect(account, access)));
    expect(reads.mock.calls.length).toBeLessThanOrEqual(3);
    reads.mockRestore();
  });

  it('has a key of its own for service tokens', async () => {
    const account = await createAccount(stack);
    const { body } = await call(
      `${adminUrlOf(stack)}/oauth/token`,
      form({
        grant_type: 'client_credentials',
        client_id: account.clientId,
        client_secret: account.clientSecret,
      }),
    );
    const kidOf = (token: unknown) => decode(String(token).split('.')[0])['kid'];
    const kid = kidOf(body['access_token']);
    expect(kid).toBe(stack.service(KeyringService).keysFor('service-token')[0].id);
    expect(kid).not.toBe(kidOf((await stack.loggedIn()).refresh));
  });
});

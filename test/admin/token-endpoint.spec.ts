import { randomUUID } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { describe, expect, it, vi } from 'vitest';
import { LiveAccountsService } from '../../libs/admin/src/service-accounts/live-accounts.service.js';
import { call } from '../support/http.js';
import { useStack } from '../support/stack.js';
import { adminUrlOf, APPID, createAccount, form } from './admin.js';

/** The encoding of RFC 6749 section 2.3.1: each half form-encoded, then base64. */
const basic = (clientId: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;

describe('POST /oauth/token', () => {
  const stack = useStack({ ADMIN_PORT: '0', RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: '0' });
  const url = () => `${adminUrlOf(stack)}/oauth/token`;
  const ask = (members: Record<string, string>, headers = {}) => {
    const options = form({ grant_type: 'client_credentials', ...members });
    return call(url(), { ...options, headers: { ...options.headers, ...headers } });
  };
  const post = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) => ({
    client_id: clientId,
    client_secret: clientSecret,
  });

  it('answers a client that authenticates by client_secret_post or client_secret_basic', async () => {
    const account = await createAccount(stack);
    const authorization = basic(account.clientId, account.clientSecret);
    for (const answer of [await ask(post(account)), await ask({}, { authorization })]) {
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
          token_type: 'Bearer',
          expires_in: 300,
          scope: 'apps:read',
        },
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('pragma')).toBe('no-cache');
    }
  });

  it.each([
    ['no grant_type', { grant_type: '' }, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['an unknown scope', { scope: 'everything' }, 'invalid_scope'],
    ['a scope that is no token', { scope: '"' }, 'invalid_scope'],
    ['a known scope next to an unknown one', { scope: 'apps:read everything' }, 'invalid_scope'],
  ])('refuses %s', async (_, members, error) => {
    const { status, body } = await ask({ ...post(await createAccount(stack)), ...members });
    expect([status, body]).toEqual([400, { error, error_description: expect.any(String) as string }]);
  });

  it('refuses a scope that the account does not have', async () => {
    const account = await createAccount(stack, { scopes: [] });
    expect((await ask({ ...post(account), scope: 'apps:read' })).body['error']).toBe('invalid_scope');
    expect((await ask(post(account))).body['scope']).toBe('');
  });

  it('answers an unknown client, a wrong secret and no client alike, with a challenge', async () => {
    const { clientId, clientSecret } = await createAccount(stack);
    const unknown = { clientId: clientId.replace(/.$/, (last) => (last === '0' ? '1' : '0')), clientSecret };
    const answers = [
      await ask(post(unknown)),
      await ask(post({ clientId, clientSecret: `${clientSecret}x` })),
      await ask(post({ clientId: 'x', clientSecret })),
      await ask({}),
      await ask({}, { authorization: basic(clientId, 'x') }),
      await ask({}, { authorization: 'Basic !' }),
      await ask({}, { authorization: 'Bearer x' }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body]).toEqual([401, answers[0]?.body]);
      expect(headers.get('www-authenticate')).toBe('Basic realm="weapp-passport"');
    }
    expect(answers[0]?.body['error']).toBe('invalid_client');
  });

  it('refuses a client that authenticates in two ways', async () => {
    const account = await createAccount(stack);
    const authorization = basic(account.clientId, account.clientSecret);
    expect((await ask(post(account), { authorization })).body['error']).toBe('invalid_request');
  });

  it('refuses what is not one form with each parameter once', async () => {
    const { clientId, clientSecret } = await createAccount(stack);
    const text = `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses = [
      await call(url(), { body: `${text}&client_id=${clientId}`, headers }),
      await call(`${url()}?scope=apps:read`, { body: text, headers }),
      await call(`${url()}?${text}`, { method: 'POST' }),
      await call(url(), { json: Object.fromEntries(new URLSearchParams(text)) }),
      await call(url(), { body: text, headers: { 'content-type': 'text/plain' } }),
      await call(url(), { body: `${text}&x=${'x'.repeat(20_000)}`, headers }),
    ].map(({ status, body }) => [status, body['error']]);
    expect(statuses).toEqual([
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [415, 'invalid_request'],
      [415, 'invalid_request'],
      [413, 'invalid_request'],
    ]);
  });

  it('refuses form-encoded bodies on every other route', async () => {
    const body = new URLSearchParams({ code: await stack.code() }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body: problem } = await stack.call('/api/weixin/login', { body, headers });
    expect([status, problem['code']]).toEqual([415, 'unsupported_media_type']);
  });

  it('issues tokens that no verifier with the JWKS accepts, and no route of users', async () => {
    const token = String((await ask(post(await createAccount(stack)))).body['access_token']);
    const keys = createRemoteJWKSet(new URL(`${stack.url}/.well-known/jwks.json`));
    await expect(jwtVerify(token, keys)).rejects.toThrow();
    expect(await stack.knock(token)).toEqual([401, 'token_invalid']);
  });

  it('works with an independent client, which introspects a token of a user too', async () => {
    const { clientId, clientSecret } = await createAccount(stack);
    const base = adminUrlOf(stack);
    const server: oauth.AuthorizationServer = {
      issuer: 'http://127.0.0.1:8000',
      token_endpoint: `${base}/oauth/token`,
      introspection_endpoint: `${base}/oauth/introspect`,
    };
    const client: oauth.Client = { client_id: clientId };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the listener under test has no TLS
    const options = { [oauth.allowInsecureRequests]: true };
    for (const authentication of [
      oauth.ClientSecretBasic(clientSecret),
      oauth.ClientSecretPost(clientSecret),
    ]) {
      const issued = await oauth.clientCredentialsGrantRequest(server, client, authentication, {}, options);
      const { access_token, scope } = await oauth.processClientCredentialsResponse(server, client, issued);
      expect([access_token.split('.').length, scope]).toEqual([3, 'apps:read']);
      const { access, user_id } = await stack.loggedIn();
      const answer = await oauth.introspectionRequest(server, client, authentication, access, options);
      const claims = await oauth.processIntrospectionResponse(server, client, answer);
      expect(claims).toMatchObject({ active: true, sub: user_id, client_id: APPID });
    }
  });

  it('logs neither a secret nor a token', async () => {
    const account = await createAccount(stack);
    const token = String((await ask(post(account))).body['access_token']);
    await ask(post({ ...account, clientSecret: `${account.clientSecret}x` }));
    const logs = stack.logs.join('');
    expect(logs).not.toContain(account.clientSecret);
    expect(logs).not.toContain(token.split('.')[2]);
  });
});

describe('the rate limit of POST /oauth/token', () => {
  const stack = useStack({ ADMIN_PORT: '0', RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: '2' });

  it('counts for each client, and answers 429 with Retry-After and an error of OAuth', async () => {
    const accounts = [await createAccount(stack), await createAccount(stack)] as const;
    const ask = ({ clientId, clientSecret }: (typeof accounts)[0]) =>
      call(
        `${adminUrlOf(stack)}/oauth/token`,
        form({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
      );
    await ask(accounts[0]);
    await ask(accounts[0]);
    const limited = await ask(accounts[0]);
    expect([limited.status, limited.body['error']]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(accounts[1])).status).toBe(200);
  });
});

describe('the limit of failed authentications at /oauth', () => {
  const stack = useStack({ ADMIN_PORT: '0', RATE_LIMIT_SERVICE_TOKEN_PER_MINUTE: '3' });

  it('counts both routes and every client_id for the address, and refuses before the database is read', async () => {
    const { clientId, clientSecret } = await createAccount(stack);
    const { access } = await stack.loggedIn();
    const ask = async (route: string, client_id: string, client_secret: string) => {
      const body = form({ grant_type: 'client_credentials', token: access, client_id, client_secret });
      const { status, body: answer } = await call(`${adminUrlOf(stack)}/oauth/${route}`, body);
      return [status, answer['error'] ?? answer['active']];
    };
    for (let count = 0; count < 10; count += 1)
      expect(await ask('introspect', clientId, clientSecret)).toEqual([200, true]);
    expect(await ask('token', randomUUID(), clientSecret)).toEqual([401, 'invalid_client']);
    expect(await ask('introspect', randomUUID(), clientSecret)).toEqual([401, 'invalid_client']);
    expect(await ask('introspect', clientId, 'x')).toEqual([401, 'invalid_client']);
    const reads = vi.spyOn(stack.service(LiveAccountsService), 'authenticate');
    for (const route of ['token', 'introspect'])
      expect(await ask(route, randomUUID(), clientSecret)).toEqual([429, 'temporarily_unavailable']);
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
    const codes = stack.logs
      .filter((line) => line.includes('"route":"/oauth/'))
      .map((line) => (JSON.parse(line) as { code?: string }).code);
    expect(new Set(codes)).toEqual(new Set([undefined, 'invalid_client', 'temporarily_unavailable']));
  });
});

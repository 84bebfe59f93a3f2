import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from './front.js';
import { pageShows } from './page.js';
import { type BadToken, BAD_TOKENS, badTokens } from './tokens.js';

const front = await useFront();

describe('a back end in Node', () => {
  const stack = useStack({ JWT_ISSUER: front.url });
  let login: LoginBody;
  let bad: Record<BadToken, string>;
  let verifyAccessToken: (token: string) => Promise<unknown>;

  beforeAll(async () => {
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    bad = await badTokens(stack, login);
    vi.stubEnv('PASSPORT_ISSUER', front.url);
    ({ verifyAccessToken } = await import('./node.mjs'));
  });

  it('runs the code that the page shows', () => {
    expect(pageShows('js', './node.mjs')).toBe(true);
  });

  it('reads the user and the mini-program from an access token', async () => {
    expect(await verifyAccessToken(login.access)).toEqual({
      userId: login.user_id,
      appid: 'wxsandbox000000001',
    });
  });

  it.each(BAD_TOKENS)('refuses %s', async (name) => {
    await expect(verifyAccessToken(bad[name])).rejects.toThrow();
  });

  it('finds the same keys by the metadata of the issuer', async () => {
    const { body } = await stack.call('/.well-known/oauth-authorization-server');
    const keys = await fetch(String(body['jwks_uri']));
    expect(await keys.json()).toEqual((await stack.call('/.well-known/jwks.json')).body);
  });

  it('does not see a logout, unless it asks the service', async () => {
    const { access, refresh, user_id } = await stack.loggedIn('carol');
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    expect(await verifyAccessToken(access)).toMatchObject({ userId: user_id });
    const asked = await stack.call('/api/token/verify/', { json: { token: access } });
    expect([asked.status, asked.body['code']]).toEqual([401, 'token_revoked']);
  });
});

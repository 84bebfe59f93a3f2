import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('JWKS', () => {
  const stack = useStack();

  it('verifies an access token in another library', async () => {
    const { access, user_id } = await stack.loggedIn();
    const keys = createRemoteJWKSet(new URL(`${stack.url}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(access, keys, {
      algorithms: ['ES256'],
      issuer: 'http://127.0.0.1:8000',
      audience: 'weapp-passport',
    });
    expect(payload.sub).toBe(user_id);
  });

  it('has only public members of the current and the next key, with Cache-Control of five minutes', async () => {
    const { body, headers } = await stack.call<{ keys: Record<string, unknown>[] }>('/.well-known/jwks.json');
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    const members = ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'];
    expect(body.keys.map((key) => Object.keys(key).sort())).toEqual([members, members]);
  });
});

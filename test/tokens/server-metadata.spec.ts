import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const PATH = '/.well-known/oauth-authorization-server';

describe('the authorization server metadata', () => {
  const stack = useStack({ JWT_ISSUER: 'https://example.com/login/', DOCS: 'true' });

  it('leads from the issuer, its path included, to the keys', async () => {
    const { status, body } = await stack.call(PATH);
    expect([status, body]).toEqual([
      200,
      {
        issuer: 'https://example.com/login',
        jwks_uri: 'https://example.com/login/.well-known/jwks.json',
        response_types_supported: [],
        grant_types_supported: [],
        service_documentation: 'https://example.com/login/docs',
      },
    ]);
  });

  it('names the issuer that tokens carry', async () => {
    const { access } = await stack.loggedIn();
    const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ iss: (await stack.call(PATH)).body['issuer'] });
  });

  it('may be kept for five minutes', async () => {
    expect((await stack.call(PATH)).headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('claims no endpoint of OAuth', async () => {
    const { body } = await stack.call(PATH);
    expect(Object.keys(body).filter((name) => name.endsWith('_endpoint'))).toEqual([]);
  });
});

describe('the authorization server metadata with HS256 and without Swagger UI', () => {
  const stack = useStack({ JWT_ALGORITHM: 'HS256', DOCS: 'false' });

  it('names neither keys nor documentation', async () => {
    expect((await stack.call(PATH)).body).toEqual({
      issuer: 'http://127.0.0.1:8000',
      response_types_supported: [],
      grant_types_supported: [],
    });
  });
});

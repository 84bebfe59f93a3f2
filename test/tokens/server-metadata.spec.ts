import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const PATHS = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'];

describe.each(PATHS)('the metadata at %s', (path) => {
  const stack = useStack({ JWT_ISSUER: 'https://example.com/login/', DOCS: 'true' });

  it('has the issuer with its path and the address of the keys', async () => {
    const { status, body } = await stack.call(path);
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

  it('has the issuer of the tokens', async () => {
    const { access } = await stack.loggedIn();
    const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ iss: (await stack.call(path)).body['issuer'] });
  });

  it('has Cache-Control of five minutes', async () => {
    expect((await stack.call(path)).headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('claims no endpoint of OAuth without ADMIN_URL and no ID token', async () => {
    const { body } = await stack.call(path);
    expect(Object.keys(body).filter((name) => /_endpoint$|^id_token/.test(name))).toEqual([]);
  });
});

describe.each(PATHS)('the metadata at %s with HS256 and without Swagger UI', (path) => {
  const stack = useStack({ JWT_ALGORITHM: 'HS256', DOCS: 'false' });

  it('has neither keys nor documentation', async () => {
    expect((await stack.call(path)).body).toEqual({
      issuer: 'http://127.0.0.1:8000',
      response_types_supported: [],
      grant_types_supported: [],
    });
  });
});

describe('the authorization server metadata with ADMIN_URL', () => {
  const stack = useStack({ ADMIN_URL: 'https://passport.internal/' });

  it('has the endpoints of service accounts', async () => {
    const authentication = ['client_secret_basic', 'client_secret_post'];
    expect((await stack.call('/.well-known/oauth-authorization-server')).body).toMatchObject({
      grant_types_supported: ['client_credentials'],
      token_endpoint: 'https://passport.internal/oauth/token',
      token_endpoint_auth_methods_supported: authentication,
      introspection_endpoint: 'https://passport.internal/oauth/introspect',
      introspection_endpoint_auth_methods_supported: authentication,
    });
  });
});

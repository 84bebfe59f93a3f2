import { beforeAll, describe, expect, it } from 'vitest';
import { adminUrlOf, APPID, createAccount } from '../admin/admin.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { type PythonAnswer, usePython } from './python.js';

const { skips, ask } = usePython({
  folder: './authlib',
  spec: 'authlib.spec.ts',
  needs: 'import authlib.integrations.requests_client',
  packages: 'python3-authlib python3-requests',
});

describe.skipIf(skips)('a service account in Python with Authlib', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  let login: LoginBody;
  let answers: Record<string, PythonAnswer>;

  beforeAll(async () => {
    login = await stack.loggedIn();
    const { clientId, clientSecret } = await createAccount(stack);
    answers = await ask(
      { access: login.access, refresh: login.refresh, client_id: clientId, client_secret: clientSecret },
      { PASSPORT_ADMIN_URL: adminUrlOf(stack) },
    );
  });

  describe.each(['client_secret_basic', 'client_secret_post'])('that authenticates by %s', (method) => {
    it('gets a token with the scopes it asks for, and calls the admin API', () => {
      const granted = { token_type: 'Bearer', expires_in: 300, scope: 'apps:read' };
      expect(answers[`${method} token`]).toEqual([200, granted]);
      expect(answers[`${method} apps`]).toEqual([200, null]);
    });

    it('introspects the access token of a user, and no refresh token', () => {
      const claims = { active: true, token_type: 'Bearer', sub: login.user_id, client_id: APPID };
      expect(answers[`${method} access`]).toMatchObject([200, claims]);
      expect(answers[`${method} refresh`]).toEqual([200, { active: false }]);
    });

    it('is refused as invalid_client with a wrong secret', () => {
      expect(answers[`${method} wrong secret`]).toEqual([401, 'invalid_client']);
    });
  });
});

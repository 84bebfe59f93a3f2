import { beforeAll, describe, expect, it } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from './front.js';
import { pageShows } from './page.js';
import { type PythonAnswer, usePython } from './python.js';
import { BAD_TOKENS, badTokens } from './tokens.js';

const { skips, ask } = usePython({
  folder: './simplejwt',
  spec: 'simplejwt.spec.ts',
  needs: 'import rest_framework_simplejwt, jwt.algorithms as a; assert a.has_crypto',
  packages: 'python3-djangorestframework-simplejwt python3-cryptography',
});
const front = await useFront();

describe.skipIf(skips)('a Django with simplejwt', () => {
  const stack = useStack({ JWT_ISSUER: front.url });
  let login: LoginBody;
  let answers: Record<string, PythonAnswer>;

  beforeAll(async () => {
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    const tokens = { ...(await badTokens(stack, login)), good: login.access };
    answers = await ask(tokens, { PASSPORT_ISSUER: front.url });
  });

  it('runs the code that the page shows', () => {
    expect(pageShows('python', './simplejwt/passport_settings.py')).toBe(true);
    expect(pageShows('python', './simplejwt/views.py')).toBe(true);
  });

  it('reads the user and the mini-program from an access token', () => {
    expect(answers['good']).toEqual([200, { user_id: login.user_id, appid: 'wxsandbox000000001' }]);
  });

  it.each(BAD_TOKENS)('refuses %s', (name) => {
    expect(answers[name]?.[0]).toBe(401);
  });

  it('refuses a good token when it expects another audience', async () => {
    const env = { PASSPORT_ISSUER: front.url, PASSPORT_AUDIENCE: 'another' };
    expect((await ask({ good: login.access }, env))['good']?.[0]).toBe(401);
  });
});

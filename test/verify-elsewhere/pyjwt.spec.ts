import { beforeAll, describe, expect, it } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from './front.js';
import { pageShows } from './page.js';
import { type PythonAnswer, usePython } from './python.js';
import { CustomClaimsService } from '../../libs/users/src/index.js';
import { BAD_TOKENS, badTokens } from './tokens.js';

const { skips, ask } = usePython({
  folder: './pyjwt',
  spec: 'pyjwt.spec.ts',
  needs: 'import fastapi.testclient, jwt.algorithms as a; assert a.has_crypto',
  packages: 'python3-fastapi python3-httpx python3-jwt python3-cryptography',
});
const front = await useFront();

describe.skipIf(skips)('a FastAPI with PyJWT', () => {
  const stack = useStack({ JWT_ISSUER: front.url });
  let login: LoginBody;
  let answers: Record<string, PythonAnswer>;

  beforeAll(async () => {
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    await stack.service(CustomClaimsService).replace(login.user_id, { role: 'editor' });
    login = await stack.loggedIn();
    const tokens = { ...(await badTokens(stack, login)), good: login.access };
    answers = await ask(tokens, { PASSPORT_ISSUER: front.url });
  });

  it('runs the code that the page shows', () => {
    expect(pageShows('python', './pyjwt/passport.py')).toBe(true);
    expect(pageShows('python', './pyjwt/main.py')).toBe(true);
  });

  it('reads the user and the mini-program from an access token', () => {
    expect(answers['good']).toEqual([
      200,
      { user_id: login.user_id, appid: 'wxsandbox000000001', role: 'editor' },
    ]);
  });

  it.each(BAD_TOKENS)('refuses %s', (name) => {
    expect(answers[name]?.[0]).toBe(401);
  });

  it('refuses a good token when it expects another audience', async () => {
    const env = { PASSPORT_ISSUER: front.url, PASSPORT_AUDIENCE: 'another' };
    expect((await ask({ good: login.access }, env))['good']?.[0]).toBe(401);
  });

  it('answers 503 while it cannot fetch the keys', async () => {
    const env = { PASSPORT_ISSUER: 'http://127.0.0.1:9' };
    expect((await ask({ good: login.access }, env))['good']?.[0]).toBe(503);
  });
});

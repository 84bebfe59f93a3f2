import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LoginBody, useStack } from '../support/stack.js';
import { useFront } from './front.js';
import { pageShows } from './page.js';
import { BAD_TOKENS, badTokens } from './tokens.js';

/** Debian's Python, because Debian's packages are in no other. */
const PYTHON = '/usr/bin/python3';
const NEEDS = 'import rest_framework_simplejwt, jwt.algorithms as a; assert a.has_crypto';
const FOLDER = fileURLToPath(new URL('./simplejwt', import.meta.url));

const isThere = spawnSync(PYTHON, ['-c', NEEDS]).status === 0;
// In CI a missing package is a fault and not a reason to test less.
const skips = !isThere && process.env['CI'] !== 'true';
const MISSING =
  `${PYTHON} has no simplejwt with cryptography. On Debian or Ubuntu: ` +
  'apt-get install python3-djangorestframework-simplejwt python3-cryptography';
if (skips) console.warn(`test/verify-elsewhere/simplejwt.spec.ts is skipped: ${MISSING}`);

type Answer = [status: number, body: unknown];

/** What a Django with the settings of the page answers to each token. */
async function ask(tokens: Record<string, string>, env: NodeJS.ProcessEnv): Promise<Record<string, Answer>> {
  const child = spawn(PYTHON, ['-B', 'ask.py'], {
    cwd: FOLDER,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(tokens));
  return JSON.parse(await text(child.stdout)) as Record<string, Answer>;
}

const front = await useFront();

describe.skipIf(skips)('a Django with simplejwt', () => {
  const stack = useStack({ JWT_ISSUER: front.url });
  let login: LoginBody;
  let answers: Record<string, Answer>;

  beforeAll(async () => {
    if (!isThere) throw new Error(MISSING);
    front.forwardTo(stack.url);
    login = await stack.loggedIn();
    const tokens = { ...(await badTokens(stack, login)), good: login.access };
    answers = await ask(tokens, { PASSPORT_ISSUER: front.url });
  });

  it('runs the code that the page shows', () => {
    expect(pageShows('python', './simplejwt/passport_settings.py')).toBe(true);
    expect(pageShows('python', './simplejwt/views.py')).toBe(true);
  });

  it('learns from an access token who the user is and which mini-program they use', () => {
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

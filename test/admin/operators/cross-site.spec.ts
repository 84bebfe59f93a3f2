import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../support/http.js';
import { exchange } from '../../support/raw-http.js';
import { rows } from '../../support/rows.js';
import { useStack } from '../../support/stack.js';
import { adminUrlOf } from '../admin.js';
import { cookieOf, operatorsOf, outcomeOf, PASSWORD, type Person } from './operators.js';

const FOREIGN = [403, 'origin_not_allowed'];
const MISSING = [401, 'operator_session_missing'];

/** Unsafe routes of each kind: of a session, of the admin API, and without a session. */
const UNSAFE = [
  ['DELETE', '/session'],
  ['DELETE', '/session/all'],
  ['POST', '/session/step-up'],
  ['PUT', '/session/password'],
  ['POST', '/operators'],
  ['POST', '/users/019a0000-0000-7000-8000-000000000000/disable'],
  ['POST', '/keys/rotate'],
  ['POST', '/session'],
  ['POST', '/invitations/open'],
  ['POST', '/invitations/accept'],
] as const;

describe('a page of another origin', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);
  let owner: Person;

  const send = (method: string, path: string, headers: Record<string, string>, json?: object) =>
    call(`${adminUrlOf(stack)}/api/admin${path}`, { method, headers, ...(json && { json }) });

  beforeAll(async () => {
    owner = await operators.person('owner');
  });
  beforeEach(() => operators.stepUp(owner, owner.cookie));

  it.each(UNSAFE)('changes nothing by %s %s', async (method, path) => {
    const base = adminUrlOf(stack);
    const origins = [
      undefined,
      'null',
      'http://attacker.example',
      `${base}.attacker.example`,
      base.replace('http:', 'https:'),
      base.replace('127.0.0.1', 'localhost'),
      base.replace(/:\d+$/, ':1'),
      stack.url,
      `${base}, ${base}`,
      `${base}/`,
      base.toUpperCase(),
    ];
    for (const origin of origins) {
      const headers = { cookie: owner.cookie, ...(origin !== undefined && { origin }) };
      expect(outcomeOf(await send(method, path, headers)), String(origin)).toEqual(FOREIGN);
      // The header of the site does not replace it.
      const claimed = { ...headers, 'sec-fetch-site': 'same-origin' };
      expect(outcomeOf(await send(method, path, claimed, {})), String(origin)).toEqual(FOREIGN);
    }
    expect(await operators.sessionOf(owner.cookie)).toBe(200);
  });

  it.each(['/session', '/users', '/operators', '/setup'])(
    'reads nothing by an image or a script of %s',
    async (path) => {
      for (const site of ['cross-site', 'same-site', '', 'same-origin, none'])
        expect(outcomeOf(await send('GET', path, { cookie: owner.cookie, 'sec-fetch-site': site }))).toEqual(
          FOREIGN,
        );
      // A browser that does not send the header.
      expect(outcomeOf(await send('GET', path, { cookie: owner.cookie }))).toEqual(FOREIGN);
      for (const site of ['same-origin', 'none'])
        expect((await send('GET', path, { cookie: owner.cookie, 'sec-fetch-site': site })).status).toBe(200);
    },
  );

  it('cannot send what a form sends, not even with the right origin', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await call(`${adminUrlOf(stack)}/api/admin/session/step-up`, {
        method: 'POST',
        body: JSON.stringify({ code: operators.codeOf(owner.secret) }),
        headers: { origin: adminUrlOf(stack), cookie: owner.cookie, 'content-type': type },
      });
      expect(answer.status, type).toBe(415);
    }
  });

  it('gets no CORS headers and no preflight', async () => {
    const headers = { origin: 'http://attacker.example', 'access-control-request-method': 'DELETE' };
    const preflight = await send('OPTIONS', '/session', headers);
    expect(preflight.status).toBe(405);
    const answers = [preflight, await send('GET', '/setup', headers)];
    for (const answer of answers)
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a forged cookie', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);

  it('opens nothing', async () => {
    const { cookie } = await operators.person('owner');
    const [, value = ''] = cookie.split('=');
    const [stored] = await rows<{ id: string }>(stack.databaseUrl, 'SELECT id FROM operator_sessions');
    const forged = [
      `operator=${randomBytes(32).toString('base64url')}`,
      `operator=${stored?.id ?? ''}`,
      'operator=',
      'operator',
      `operator="${value}"`,
      `operator=${value}=`,
      `operator=${value.slice(1)}`,
      `operator=${value}x`,
      `operator=${value.toLowerCase()}`,
      // Another site of the host may have set a second one.
      `${cookie}; operator=${randomBytes(32).toString('base64url')}`,
      `operator=x; ${cookie}`,
    ];
    for (const header of forged) {
      expect(await operators.sessionOf(header), header).toEqual(MISSING);
      expect(outcomeOf(await operators.asPage('/users', {}, header)), header).toEqual(MISSING);
    }
    // The names of other cookies end or begin like ours.
    for (const header of [
      `an-operator=${value}`,
      `operator2=${value}`,
      `__Host-operator=${value}`,
      `Operator=${value}`,
    ])
      expect(outcomeOf(await operators.asPage('/users', {}, header)), header).toEqual([401, 'token_missing']);
    expect(await operators.sessionOf(`theme=dark; ${cookie}; language=zh`)).toBe(200);
  });

  it('is not adopted by a sign-in: the session gets a new value', async () => {
    const person = await operators.person('viewer');
    await operators.forgetCodes();
    const fixed = `operator=${randomBytes(32).toString('base64url')}`;
    const headers = { cookie: fixed };
    const answer = await operators.login(person.name, operators.codeOf(person.secret), PASSWORD, { headers });
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).not.toBe(fixed);
    expect(await operators.sessionOf(fixed)).toEqual(MISSING);
  });

  it('is no token, and a token is no cookie', async () => {
    const { cookie } = await operators.person('owner');
    const { access } = await stack.loggedIn();
    const [, token = ''] = cookie.split('=');
    const bearer = await call(`${adminUrlOf(stack)}/api/admin/users`, { token });
    expect(outcomeOf(bearer)).toEqual([401, 'token_invalid']);
    expect(await operators.sessionOf(`operator=${access}`)).toEqual(MISSING);
    expect(outcomeOf(await stack.call('/api/sessions', { headers: { cookie } }))).toEqual([
      401,
      'token_missing',
    ]);
  });
});

describe('the cookie of an operator', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);

  it('is for this host alone, hidden from scripts and not sent by other sites', async () => {
    const person = await operators.person('viewer');
    await operators.forgetCodes();
    const { headers } = await operators.login(person.name, operators.codeOf(person.secret));
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^operator=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is unknown on the public listener, where no route for operators exists', async () => {
    const { cookie } = await operators.person('owner');
    const paths = ['setup', 'session', 'session/all', 'session/step-up', 'session/password', 'operators'];
    for (const path of [...paths, 'invitations/open', 'invitations/accept', 'users', 'service-accounts'])
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        const headers = { cookie, origin: stack.url, 'sec-fetch-site': 'same-origin' };
        const answer = await stack.call(`/api/admin/${path}`, { method, headers });
        expect(outcomeOf(answer), `${method} ${path}`).toEqual([404, 'not_found']);
      }
  });
});

describe.each([
  [
    'in production',
    { NODE_ENV: 'production', WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef' },
  ],
  ['with an ADMIN_URL of https', { ADMIN_URL: 'https://passport.internal' }],
])('the cookie of an operator %s', (_, more) => {
  const stack = useStack({
    ADMIN_PORT: '0',
    JWT_ISSUER: 'https://login.example.com',
    WEIXIN_ALLOW_HTTP: 'true',
    ...more,
  });
  const operators = operatorsOf(stack);

  it('has the prefix that binds it to the host and to TLS', async () => {
    const person = await operators.person('viewer');
    expect(person.cookie).toMatch(/^__Host-operator=[\w-]{43}$/);
    await operators.forgetCodes();
    const answer = await operators.login(person.name, operators.codeOf(person.secret));
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-operator=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const plain = person.cookie.replace('__Host-', '');
    expect(await operators.sessionOf(plain)).toEqual(MISSING);
    expect(await operators.sessionOf(person.cookie)).toBe(200);
  });
});

describe('the console behind TLS', () => {
  const stack = useStack({ ADMIN_PORT: '0', ADMIN_URL: 'https://passport.internal:8443/base' });
  const operators = operatorsOf(stack);

  it('accepts the origin of ADMIN_URL for its host, and nothing else', async () => {
    const { cookie } = await operators.person('viewer');
    const signOut = async (host: string, origin: string) => {
      const head = `DELETE /api/admin/session HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: ${cookie}\r\n`;
      const { status } = await exchange(adminUrlOf(stack), `${head}Origin: ${origin}\r\n\r\n`);
      return status;
    };
    for (const [host, origin] of [
      ['passport.internal:8443', 'http://passport.internal:8443'],
      ['passport.internal:8443', 'https://passport.internal'],
      ['passport.internal:8443', 'http://localhost:9002'],
      ['localhost:9002', 'https://passport.internal:8443'],
      ['localhost:99999', 'http://localhost:99999'],
      ['localhost:9002', 'http://localhost:9003'],
    ] as const)
      expect(await signOut(host, origin), `${host} ${origin}`).toBe(403);
    expect(await signOut('attacker.example', 'http://attacker.example')).toBe(421);
    expect(await signOut('passport.internal:8443', 'https://passport.internal:8443')).toBe(204);
    const again = await operators.person('viewer');
    expect(again.cookie).toContain('__Host-operator=');
  });
});

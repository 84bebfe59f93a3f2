import { afterEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../libs/database/src/index.js';
import { call } from '../../support/http.js';
import { rows } from '../../support/rows.js';
import { useStack } from '../../support/stack.js';
import { adminUrlOf, APPID } from '../admin.js';
import { cookieOf, operatorsOf, PASSWORD, type SessionBody } from './operators.js';

const MINUTE_MS = 60_000;
const MISSING = [401, 'operator_session_missing'];

describe('the session of an operator', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);

  /** Moves the clock of the database, as the service reads it. */
  function later(ms: number) {
    const { clock } = stack.service(Database);
    const now = clock.now.bind(clock);
    vi.spyOn(clock, 'now').mockImplementation(() => now() + ms);
  }
  afterEach(() => vi.restoreAllMocks());

  it('is opened by name, password and code, with the scopes of the role', async () => {
    const { name, secret } = await operators.person('viewer');
    await operators.forgetCodes();
    const { status, body } = await operators.login(name, operators.codeOf(secret));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      operator: { name, role: 'viewer' },
      scopes: ['apps:read', 'audit:read', 'users:read'],
    });
    expect(body.step_up_until).toBeUndefined();
    expect(Date.parse(body.expires_at) - operators.now()).toBeLessThanOrEqual(30 * MINUTE_MS);
  });

  it('shows all served mini-programs and their users', async () => {
    const { cookie } = await operators.person('viewer');
    const { user_id } = await stack.loggedIn('of the session');
    expect((await operators.asPage('/apps', {}, cookie)).body).toMatchObject({
      items: [{ appid: APPID }, { appid: 'wxsandbox000000002' }],
    });
    const { body } = await operators.asPage(`/users/${user_id}`, {}, cookie);
    expect(body['id']).toBe(user_id);
  });

  it('ends after 30 minutes without a request, and lasts as long as requests come', async () => {
    const { cookie } = await operators.person('viewer');
    for (const minutes of [29, 58, 87]) {
      later(minutes * MINUTE_MS);
      expect(await operators.sessionOf(cookie)).toBe(200);
      vi.restoreAllMocks();
    }
    later((87 + 31) * MINUTE_MS);
    expect(await operators.sessionOf(cookie)).toEqual(MISSING);
  });

  it('ends after 12 hours', async () => {
    const { cookie } = await operators.person('viewer');
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      later(minutes * MINUTE_MS);
      expect(await operators.sessionOf(cookie)).toBe(200);
      vi.restoreAllMocks();
    }
    later(12 * 60 * MINUTE_MS + 1000);
    expect(await operators.sessionOf(cookie)).toEqual(MISSING);
  });

  it('stores its last request at most once a minute', async () => {
    const { cookie, id } = await operators.person('viewer');
    const seen = async () => {
      const sql = `SELECT last_seen_at AS seen FROM operators WHERE id = '${id}'`;
      return Number((await rows<{ seen: string }>(stack.databaseUrl, sql))[0]?.seen);
    };
    const first = await seen();
    later(MINUTE_MS / 2);
    await operators.sessionOf(cookie);
    expect(await seen()).toBe(first);
    vi.restoreAllMocks();
    later(2 * MINUTE_MS);
    await operators.sessionOf(cookie);
    expect(await seen()).toBeGreaterThanOrEqual(first + 2 * MINUTE_MS);
  });

  it('ends by signing out, and all of them by signing out everywhere', async () => {
    const person = await operators.person('viewer');
    const [one, two, three] = [person.cookie, await operators.signIn(person), await operators.signIn(person)];
    const out = await operators.asPage('/session', { method: 'DELETE' }, one);
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(await operators.sessionOf(one)).toEqual(MISSING);
    expect(await operators.sessionOf(two)).toBe(200);
    expect((await operators.asPage('/session/all', { method: 'DELETE' }, two)).status).toBe(204);
    expect(await operators.sessionOf(two)).toEqual(MISSING);
    expect(await operators.sessionOf(three)).toEqual(MISSING);
  });

  it('ends with a change of the password, except in the browser that changes it', async () => {
    const person = await operators.person('viewer');
    const other = await operators.signIn(person);
    await operators.forgetCodes();
    const change = {
      password: PASSWORD,
      new_password: 'another horse, another staple',
    };
    const json = { ...change, code: operators.codeOf(person.secret) };
    const changed = await operators.asPage<SessionBody>(
      '/session/password',
      { method: 'PUT', json },
      person.cookie,
    );
    expect(changed.status).toBe(200);
    expect(await operators.sessionOf(person.cookie)).toBe(200);
    expect(await operators.sessionOf(other)).toEqual(MISSING);
    await operators.forgetCodes();
    const code = operators.codeOf(person.secret);
    expect((await operators.login(person.name, code)).status).toBe(401);
    expect((await operators.login(person.name, code, json.new_password)).status).toBe(200);
  });

  it('needs the old password and a code of TOTP to change the password', async () => {
    const person = await operators.person('viewer');
    await operators.forgetCodes();
    const good = {
      password: PASSWORD,
      new_password: 'another horse, another staple',
      code: operators.codeOf(person.secret),
    };
    for (const wrong of [{ password: 'x' }, { code: '000000' }, { code: person.recoveryCodes[0] }]) {
      const json = { ...good, ...wrong };
      const { status, body } = await operators.asPage(
        '/session/password',
        { method: 'PUT', json },
        person.cookie,
      );
      expect([status, body['code']]).toEqual([401, 'operator_credentials_invalid']);
    }
    const json = { ...good, new_password: 'too short' };
    const short = await operators.asPage('/session/password', { method: 'PUT', json }, person.cookie);
    expect([short.status, short.body['code']]).toEqual([400, 'validation_failed']);
  });

  it('opens reveals for five minutes by a step-up, and closes them again', async () => {
    const person = await operators.person('operator');
    const { user_id } = await stack.loggedIn('revealed');
    const reveal = async () => {
      const { status, body } = await operators.asPage(`/users/${user_id}/identities`, {}, person.cookie);
      return status === 200 ? 200 : [status, body['code']];
    };
    expect(await reveal()).toEqual([403, 'step_up_required']);
    const { step_up_until } = await operators.stepUp(person, person.cookie);
    expect(Date.parse(step_up_until ?? '')).toBeGreaterThan(operators.now());
    expect(await reveal()).toBe(200);
    later(5 * MINUTE_MS + 1000);
    expect(await reveal()).toEqual([403, 'step_up_required']);
    const sql = `SELECT actor FROM auth_events WHERE kind = 'identities_revealed' AND user_id = '${user_id}'`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([{ actor: `operator:${person.name}` }]);
  });

  it('is of one browser: a step-up in another one opens nothing', async () => {
    const person = await operators.person('operator');
    const other = await operators.signIn(person);
    await operators.stepUp(person, other);
    const { user_id } = await stack.loggedIn();
    const { body } = await operators.asPage(`/users/${user_id}/phone`, {}, person.cookie);
    expect(body['code']).toBe('step_up_required');
  });

  it('ends with the removal and with a reset of the operator, at the next request', async () => {
    const owner = await operators.person('owner');
    await operators.stepUp(owner, owner.cookie);
    const removed = await operators.person('viewer');
    expect(
      (await operators.asPage(`/operators/${removed.id}`, { method: 'DELETE' }, owner.cookie)).status,
    ).toBe(204);
    expect(await operators.sessionOf(removed.cookie)).toEqual(MISSING);
    const reset = await operators.person('viewer');
    const answer = await operators.asPage(`/operators/${reset.id}/reset`, { method: 'POST' }, owner.cookie);
    expect(answer.status).toBe(200);
    expect(await operators.sessionOf(reset.cookie)).toEqual(MISSING);
    await operators.forgetCodes();
    expect((await operators.login(reset.name, operators.codeOf(reset.secret))).status).toBe(401);
    expect((await operators.login(reset.name, reset.recoveryCodes[0] ?? '')).status).toBe(401);
    const again = await operators.accept(String(answer.body['link_token']));
    expect([again.id, again.secret === reset.secret]).toEqual([reset.id, false]);
    expect(await operators.sessionOf(again.cookie)).toBe(200);
  });

  it('is not needed by a service account, whose header counts even beside a cookie', async () => {
    const { cookie } = await operators.person('viewer');
    const answer = await call(`${adminUrlOf(stack)}/api/admin/apps`, { token: 'a.b.c', headers: { cookie } });
    expect([answer.status, answer.body['code']]).toEqual([401, 'token_invalid']);
  });

  it('gives each sign-in a cookie of its own', async () => {
    const person = await operators.person('viewer');
    await operators.forgetCodes();
    const fixed = await operators.login(person.name, operators.codeOf(person.secret), undefined, {
      headers: { cookie: person.cookie },
    });
    expect(cookieOf(fixed)).not.toBe(person.cookie);
  });
});

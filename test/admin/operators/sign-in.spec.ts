import { createHook } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../libs/database/src/index.js';
import { ended } from '../../support/command.js';
import { everythingIn, rows } from '../../support/rows.js';
import { SECRET_KEY, useStack } from '../../support/stack.js';
import { operatorsOf, outcomeOf, PASSWORD, type Person } from './operators.js';

const REFUSED = [401, 'operator_credentials_invalid'];
const SLOWED_DOWN = [429, 'rate_limited'];

describe('signing in to the console', () => {
  const env: NodeJS.ProcessEnv = { ADMIN_PORT: '0', ADMIN_TRUST_PROXY_HOPS: '1' };
  const stack = useStack(env);
  const operators = operatorsOf(stack);
  let alice: Person;
  let addresses = 0;

  /** Signs in from an address, by default from a new one. */
  const login = (name: string, code: string, password = PASSWORD, address = `10.1.0.${(addresses += 1)}`) =>
    operators.login(name, code, password, { headers: { 'x-forwarded-for': address } });
  const codeOf = (person: Person) => operators.codeOf(person.secret);
  const wrong = (name = alice.name, address?: string) => login(name, '000000', 'a wrong password', address);

  /** Moves the clock of the database, as the service reads it, and stops it: a check of a password may take seconds. */
  function later(ms: number) {
    vi.restoreAllMocks();
    const { clock } = stack.service(Database);
    const now = clock.now() + ms;
    vi.spyOn(clock, 'now').mockImplementation(() => now);
  }

  beforeAll(async () => {
    alice = await operators.person('owner');
  });
  beforeEach(async () => {
    await operators.forgetAttempts();
    await operators.forgetCodes();
  });
  afterEach(() => vi.restoreAllMocks());

  it('answers unknown names, wrong passwords and wrong codes alike', async () => {
    const answers = [
      await login('unknown', codeOf(alice)),
      await login('Not A Name', codeOf(alice)),
      await login(alice.name, codeOf(alice), `${PASSWORD} `),
      await login(alice.name, '000000'),
      await login(alice.name, 'aaaa-aaaa-aaaa-aaaa'),
      await login(`${alice.name} `, codeOf(alice)),
    ];
    const bodies = answers.map(({ body }) => ({ ...body, instance: undefined }));
    for (const [index, { status }] of answers.entries()) {
      expect([status, bodies[index]]).toEqual([401, bodies[0]]);
      expect(answers[index]?.headers.get('set-cookie')).toBeNull();
    }
    expect(bodies[0]?.code).toBe('operator_credentials_invalid');
  });

  it('does the same work for an unknown name, a wrong password and a wrong code', async () => {
    const right = codeOf(alice);
    const attempts: [string, Parameters<typeof login>][] = [
      ['an unknown name', ['unknown', '000000']],
      ['an impossible name', ['Not A Name', '000000']],
      ['a wrong password', [alice.name, '000000', 'a wrong password']],
      ['a wrong password with the right code', [alice.name, right, 'a wrong password']],
      ['a wrong code', [alice.name, '000000']],
    ];
    let hashes = 0;
    const counter = createHook({ init: (_, type) => void (hashes += Number(type === 'SCRYPTREQUEST')) });
    const codes = vi.spyOn(TOTP.prototype, 'validate');
    counter.enable();
    try {
      for (const [attempt, typed] of attempts) {
        hashes = 0;
        codes.mockClear();
        expect(outcomeOf(await login(...typed)), attempt).toEqual(REFUSED);
        expect({ hashes, codes: codes.mock.calls.length }, attempt).toEqual({ hashes: 1, codes: 1 });
      }
    } finally {
      counter.disable();
    }
    // None of them has used the code.
    await operators.forgetAttempts();
    expect((await login(alice.name, right)).status).toBe(200);
  });

  it('accepts a code once, also in two requests at the same time', async () => {
    const code = codeOf(alice);
    const answers = await Promise.all([1, 2, 3].map(() => login(alice.name, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(outcomeOf(await login(alice.name, code))).toEqual(REFUSED);
  });

  it('refuses the code of an earlier step once a later one was used', async () => {
    expect((await login(alice.name, operators.codeOf(alice.secret, 1))).status).toBe(200);
    expect(outcomeOf(await login(alice.name, codeOf(alice)))).toEqual(REFUSED);
  });

  it('refuses codes that are two steps old or early', async () => {
    for (const steps of [-2, 2])
      expect(outcomeOf(await login(alice.name, operators.codeOf(alice.secret, steps)))).toEqual(REFUSED);
  });

  it('accepts each recovery code once, with or without its hyphens', async () => {
    const [one = '', two = ''] = alice.recoveryCodes;
    const answers = await Promise.all([login(alice.name, one), login(alice.name, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await login(alice.name, two.replaceAll('-', '').toUpperCase())).status).toBe(200);
    expect(outcomeOf(await login(alice.name, two))).toEqual(REFUSED);
  });

  it('accepts no recovery code of another operator', async () => {
    const bob = await operators.person('viewer');
    expect(outcomeOf(await login(alice.name, bob.recoveryCodes[0] ?? ''))).toEqual(REFUSED);
    expect((await login(bob.name, bob.recoveryCodes[0] ?? '')).status).toBe(200);
  });

  it('slows a name down from the fifth wrong attempt on, from any address, twice as long each time', async () => {
    later(0);
    for (let attempt = 1; attempt <= 5; attempt += 1) expect(outcomeOf(await wrong())).toEqual(REFUSED);
    let passedMs = 0;
    for (const pause of [2, 4, 8]) {
      // The right credentials do not shorten the pause, nor does an attempt in it make it longer.
      const slowed = await login(alice.name, codeOf(alice));
      expect(outcomeOf(slowed)).toEqual(SLOWED_DOWN);
      expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(pause / 2 - 1);
      expect(Number(slowed.headers.get('retry-after'))).toBeLessThanOrEqual(pause);
      passedMs += pause * 1000;
      later(passedMs);
      expect(outcomeOf(await wrong())).toEqual(REFUSED);
    }
    const bob = await operators.person('viewer');
    await operators.forgetCodes();
    expect((await login(bob.name, codeOf(bob))).status).toBe(200);
  });

  it('slows an address down from the fifth wrong attempt on, with any names', async () => {
    later(0);
    const address = '10.2.0.1';
    for (let attempt = 1; attempt <= 5; attempt += 1)
      expect(outcomeOf(await wrong(`unknown-${attempt}`, address))).toEqual(REFUSED);
    expect(outcomeOf(await login(alice.name, codeOf(alice), PASSWORD, address))).toEqual(SLOWED_DOWN);
    expect((await login(alice.name, codeOf(alice))).status).toBe(200);
  });

  it('lets no more than five of many parallel attempts through', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => wrong()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('pauses for 15 minutes at most, and forgets the attempts of an hour ago', async () => {
    let passedMs = 0;
    for (let attempt = 1; attempt <= 16; attempt += 1) {
      expect(outcomeOf(await wrong())).toEqual(REFUSED);
      later((passedMs += 900_000));
    }
    later(passedMs + 3_600_000);
    for (let attempt = 1; attempt <= 5; attempt += 1) expect(outcomeOf(await wrong())).toEqual(REFUSED);
    expect(outcomeOf(await wrong())).toEqual(SLOWED_DOWN);
  });

  it('counts from one again after a right attempt', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 1; attempt <= 4; attempt += 1) expect(outcomeOf(await wrong())).toEqual(REFUSED);
      await operators.forgetCodes();
      expect((await login(alice.name, codeOf(alice))).status).toBe(200);
    }
  });

  it('slows down the codes of a step-up too apart from those of a sign-in', async () => {
    const cookie = await operators.signIn(alice);
    const stepUp = (code: string) => operators.asPage('/session/step-up', { json: { code } }, cookie);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await wrong();
      expect(outcomeOf(await stepUp('000000'))).toEqual(REFUSED);
    }
    await operators.forgetCodes();
    expect(outcomeOf(await stepUp(codeOf(alice)))).toEqual(SLOWED_DOWN);
    later(2000);
    expect((await stepUp(codeOf(alice))).status).toBe(200);
  });

  it('accepts a code once, in a sign-in or in a step-up or for another password', async () => {
    const cookie = await operators.signIn(alice);
    await operators.forgetCodes();
    const code = codeOf(alice);
    expect((await operators.asPage('/session/step-up', { json: { code } }, cookie)).status).toBe(200);
    expect(outcomeOf(await login(alice.name, code))).toEqual(REFUSED);
    expect(outcomeOf(await operators.asPage('/session/step-up', { json: { code } }, cookie))).toEqual(
      REFUSED,
    );
    const json = { password: PASSWORD, new_password: `${PASSWORD} again`, code };
    const changed = await operators.asPage('/session/password', { method: 'PUT', json }, cookie);
    expect(outcomeOf(changed)).toEqual(REFUSED);
  });

  it('accepts no recovery code for a step-up', async () => {
    const [code, cookie] = [alice.recoveryCodes[5] ?? '', await operators.signIn(alice)];
    expect(outcomeOf(await operators.asPage('/session/step-up', { json: { code } }, cookie))).toEqual(
      REFUSED,
    );
  });

  it('leaves audit events without what was typed, and no secret in database and log', async () => {
    const bob = await operators.person('viewer');
    await operators.forgetCodes();
    await wrong(bob.name);
    await login('a-typed-secret', '000000');
    const code = codeOf(bob);
    await login(bob.name, code);
    await operators.stepUp(bob, bob.cookie);
    await vi.waitFor(async () => {
      const sql = `SELECT kind, actor, detail FROM auth_events WHERE actor = 'operator:${bob.name}' OR detail = '${bob.name}'`;
      const found = (await rows<{ kind: string }>(stack.databaseUrl, sql)).map(({ kind }) => kind);
      expect(found.sort()).toEqual([
        'operator_created',
        'operator_login',
        'operator_login_refused',
        'operator_step_up',
      ]);
    }, 5000);
    const everything = (await everythingIn(stack.databaseUrl)) + stack.logs.join('');
    const [name = '', value = ''] = bob.cookie.split('=');
    expect(name).toBe('operator');
    for (const secret of [PASSWORD, 'a-typed-secret', bob.secret, value, ...bob.recoveryCodes])
      expect(everything).not.toContain(secret);
  });

  it('works under another SECRET_KEY with a fallback, and after a reseal without it', async () => {
    const fresh = randomBytes(48).toString('base64');
    env['SECRET_KEY'] = fresh;
    env['SECRET_KEY_FALLBACKS'] = SECRET_KEY;
    await stack.restart();
    expect((await login(alice.name, codeOf(alice))).status).toBe(200);
    const resealed = await ended(stack.env, 'keys', 'reseal', '--json');
    expect(resealed.code).toBe(0);
    const { operator_secrets: secrets } = JSON.parse(resealed.stdout) as { operator_secrets: number };
    expect(secrets).toBeGreaterThan(0);
    delete env['SECRET_KEY_FALLBACKS'];
    await stack.restart();
    await operators.forgetCodes();
    expect((await login(alice.name, codeOf(alice))).status).toBe(200);
  });
});

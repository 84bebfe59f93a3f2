import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../libs/database/src/index.js';
import { OperatorsService } from '../../../libs/admin/src/index.js';
import { startService } from '../../support/service.js';
import { useStack } from '../../support/stack.js';
import { adminUrlOf } from '../admin.js';
import { operatorsOf, outcomeOf, PASSWORD } from './operators.js';

describe('two instances', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const logs: string[] = [];
  let other: NestFastifyApplication;
  const one = operatorsOf(stack);
  const two = operatorsOf(stack, () => adminUrlOf({ logs }));

  beforeAll(async () => {
    const write = (line: string) => logs.push(line);
    ({ app: other } = await startService({ ...stack.env, NODE_ENV: 'test' }, { logs: { write } }));
  });
  afterAll(() => other.close());
  afterEach(() => vi.restoreAllMocks());

  it('share the sessions, and refuse an operator who was removed on the other one at the next request', async () => {
    const removed = await one.person('viewer');
    expect(await two.sessionOf(removed.cookie)).toBe(200);
    await stack.service(OperatorsService).remove({ name: removed.name });
    expect(await two.sessionOf(removed.cookie)).toEqual([401, 'operator_session_missing']);
  });

  it('end the sessions of each other', async () => {
    const person = await one.person('viewer');
    const elsewhere = await two.signIn(person);
    expect((await one.asPage('/session/all', { method: 'DELETE' }, person.cookie)).status).toBe(204);
    expect(await two.sessionOf(elsewhere)).toEqual([401, 'operator_session_missing']);
  });

  it('accept one code once, and one recovery code once', async () => {
    const person = await one.person('viewer');
    await one.forgetCodes();
    for (const code of [one.codeOf(person.secret), person.recoveryCodes[0] ?? '']) {
      const answers = await Promise.all([one.login(person.name, code), two.login(person.name, code)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      await one.forgetAttempts();
    }
  });

  it('accept an invitation once', async () => {
    const { token } = await stack.service(OperatorsService).invite({ name: 'judy', role: 'viewer' });
    const { secret } = (await one.open(token)).body.totp;
    const json = { token, password: PASSWORD, code: one.codeOf(secret) };
    const answers = await Promise.all(
      [one, two].map(({ asPage }) => asPage('/invitations/accept', { json })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('count wrong attempts together', async () => {
    await one.forgetAttempts();
    const person = await one.person('viewer');
    // The first pause is 2 s, and a check of a password may take as long.
    const clocks = [stack.service(Database), other.get(Database)].map(({ clock }) => clock);
    const now = Math.max(...clocks.map((clock) => clock.now()));
    for (const clock of clocks) vi.spyOn(clock, 'now').mockReturnValue(now);
    for (const { login } of [one, two, one, two, one])
      expect((await login(person.name, '000000', 'a wrong password')).status).toBe(401);
    for (const { login } of [one, two])
      expect(outcomeOf(await login(person.name, '000000'))).toEqual([429, 'rate_limited']);
  });
});

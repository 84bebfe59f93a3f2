import { afterEach, describe, expect, it, vi } from 'vitest';
import { InvitationsService, type OperatorRole, OperatorsService } from '../../../libs/admin/src/index.js';
import { Database } from '../../../libs/database/src/index.js';
import { everythingIn, rows } from '../../support/rows.js';
import { useStack } from '../../support/stack.js';
import { operatorsOf, outcomeOf, PASSWORD } from './operators.js';

const INVALID = [404, 'invitation_invalid'];

describe('an invitation', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);
  let made = 0;

  const invite = async (role: OperatorRole = 'viewer', name = `guest-${(made += 1)}`) => {
    const { token } = await stack.service(OperatorsService).invite({ name, role });
    return token;
  };
  const accept = (token: string, code: string, password = PASSWORD) =>
    operators.asPage('/invitations/accept', { json: { token, password, code } });
  afterEach(() => vi.restoreAllMocks());

  it('makes the first operator, of whom there is none before', async () => {
    const setup = async () => (await operators.asPage('/setup')).body;
    expect(await setup()).toEqual({ operators: false });
    const token = await invite('owner');
    expect(await setup()).toEqual({ operators: false });
    const { cookie } = await operators.accept(token);
    expect(await setup()).toEqual({ operators: true });
    expect(await operators.sessionOf(cookie)).toBe(200);
  });

  it('shows the same secret and recovery codes until it is accepted', async () => {
    const token = await invite('operator', 'erin');
    const { body } = await operators.open(token);
    expect(body).toMatchObject({ name: 'erin', role: 'operator' });
    expect(body.totp.uri).toMatch(/^otpauth:\/\/totp\/weapp-passport:erin\?.*secret=[A-Z2-7]{32}/);
    expect(body.recovery_codes).toHaveLength(10);
    expect(new Set(body.recovery_codes).size).toBe(10);
    expect((await operators.open(token)).body).toEqual(body);
    // A wrong code uses nothing up.
    expect(outcomeOf(await accept(token, '000000'))).toEqual([401, 'operator_credentials_invalid']);
    expect((await operators.open(token)).body).toEqual(body);
  });

  it('is accepted once, also by two requests at the same time', async () => {
    const token = await invite();
    const { secret } = (await operators.open(token)).body.totp;
    const answers = await Promise.all([1, 2].map(() => accept(token, operators.codeOf(secret))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(outcomeOf(await operators.open(token))).toEqual(INVALID);
    expect(outcomeOf(await accept(token, operators.codeOf(secret)))).toEqual(INVALID);
  });

  it('uses up the code that it is accepted with', async () => {
    const token = await invite('viewer', 'frank');
    const { secret } = (await operators.open(token)).body.totp;
    const code = operators.codeOf(secret);
    expect((await accept(token, code)).status).toBe(200);
    expect((await operators.login('frank', code)).status).toBe(401);
  });

  it('expires after 30 minutes', async () => {
    const token = await invite();
    const { secret } = (await operators.open(token)).body.totp;
    const { clock } = stack.service(Database);
    const now = clock.now.bind(clock);
    vi.spyOn(clock, 'now').mockImplementation(() => now() + 30 * 60_000);
    expect(outcomeOf(await operators.open(token))).toEqual(INVALID);
    expect(outcomeOf(await accept(token, operators.codeOf(secret)))).toEqual(INVALID);
  });

  it('becomes invalid by a newer one of the same name, and by the removal of an operator who was reset', async () => {
    const first = await invite('viewer', 'grace');
    const second = await invite('viewer', 'grace');
    expect(outcomeOf(await operators.open(first))).toEqual(INVALID);
    await operators.accept(second);
    const { token } = await stack.service(OperatorsService).reset({ name: 'grace' });
    expect((await operators.open(token)).status).toBe(200);
    await stack.service(OperatorsService).remove({ name: 'grace' });
    expect(outcomeOf(await operators.open(token))).toEqual(INVALID);
  });

  it('is listed without its token while it is pending, and is invalid once an owner has withdrawn it', async () => {
    const owner = await operators.person('owner');
    const token = await invite('operator', 'judy');
    const accepted = await invite('viewer', 'kim');
    await operators.accept(accepted);
    const listed = async () =>
      operators.asPage<{ items: { name: string }[] }>('/operators/invitations', {}, owner.cookie);
    const { body, text } = await listed();
    expect(body.items.find(({ name }) => name === 'judy')).toEqual({
      name: 'judy',
      role: 'operator',
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    });
    expect(body.items.map(({ name }) => name)).not.toContain('kim');
    expect(text).not.toContain(token);
    const withdraw = async (name: string) =>
      operators.asPage(`/operators/invitations/${name}`, { method: 'DELETE' }, owner.cookie);
    expect(outcomeOf(await withdraw('judy'))).toEqual([403, 'step_up_required']);
    expect((await operators.open(token)).status).toBe(200);
    await operators.stepUp(owner, owner.cookie);
    expect((await withdraw('judy')).status).toBe(204);
    expect(outcomeOf(await operators.open(token))).toEqual(INVALID);
    expect((await listed()).body.items.map(({ name }) => name)).not.toContain('judy');
    for (const name of ['judy', 'kim', 'none', 'Not%20A%20Name', '%00'])
      expect(outcomeOf(await withdraw(name)), name).toEqual(INVALID);
    const sql = "SELECT actor, detail FROM auth_events WHERE kind = 'operator_invitation_withdrawn'";
    expect(await rows(stack.databaseUrl, sql)).toEqual([{ actor: `operator:${owner.name}`, detail: 'judy' }]);
  });

  it('is not listed after 30 minutes, and cannot be withdrawn then', async () => {
    await invite('viewer', 'leo');
    const { clock } = stack.service(Database);
    const now = clock.now.bind(clock);
    vi.spyOn(clock, 'now').mockImplementation(() => now() + 30 * 60_000);
    const invitations = stack.service(InvitationsService);
    expect((await invitations.pending()).map(({ name }) => name)).not.toContain('leo');
    await expect(invitations.withdraw('leo')).rejects.toMatchObject({ code: 'invitation_invalid' });
  });

  it('is either accepted or withdrawn, not both', async () => {
    const name = 'mallory';
    const token = await invite('viewer', name);
    const { secret } = (await operators.open(token)).body.totp;
    const [answer, withdrawn] = await Promise.all([
      accept(token, operators.codeOf(secret)),
      stack
        .service(InvitationsService)
        .withdraw(name)
        .then(
          () => true,
          () => false,
        ),
    ]);
    expect([answer.status, withdrawn]).toEqual(withdrawn ? [404, true] : [200, false]);
    const names = (await stack.service(OperatorsService).list()).map((operator) => operator.name);
    expect(names.includes(name)).toBe(!withdrawn);
  });

  it('cannot be guessed from the database, which has neither its token nor its secrets', async () => {
    const token = await invite();
    const { body } = await operators.open(token);
    const everything = await everythingIn(stack.databaseUrl);
    for (const secret of [token, body.totp.secret, ...body.recovery_codes])
      expect(everything).not.toContain(secret);
    for (const guess of ['', 'x', token.slice(1), `${token}=`, token.toLowerCase()])
      expect(outcomeOf(await operators.open(guess))).toEqual(INVALID);
  });

  it('is refused for names that are not of lower-case letters, digits, dots and hyphens', async () => {
    const owner = await operators.person('owner');
    await operators.stepUp(owner, owner.cookie);
    for (const name of ['', 'Alice', 'a b', 'alice ', '-alice', 'a'.repeat(28), '爱丽丝', 'a<b>']) {
      const json = { name, role: 'viewer' };
      const answer = await operators.asPage('/operators', { json }, owner.cookie);
      expect(outcomeOf(answer), name).toEqual([400, 'validation_failed']);
    }
  });

  it('is refused for the name of an operator, with an unknown role and with a short password', async () => {
    const owner = await operators.person('owner');
    await operators.stepUp(owner, owner.cookie);
    const sent = async (json: object) =>
      outcomeOf(await operators.asPage('/operators', { json }, owner.cookie));
    expect(await sent({ name: owner.name, role: 'viewer' })).toEqual([409, 'operator_name_taken']);
    expect(await sent({ name: 'heidi', role: 'root' })).toEqual([400, 'validation_failed']);
    const token = await invite();
    const { secret } = (await operators.open(token)).body.totp;
    expect(outcomeOf(await accept(token, operators.codeOf(secret), 'eleven char'))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('is made by an owner in the console, and leaves an owner at all times', async () => {
    for (const { name, role } of await stack.service(OperatorsService).list())
      if (role !== 'owner') await stack.service(OperatorsService).remove({ name });
    const owner = await operators.person('owner');
    await operators.stepUp(owner, owner.cookie);
    const json = { name: 'ivan', role: 'operator' };
    const { body } = await operators.asPage('/operators', { json }, owner.cookie);
    const ivan = await operators.accept(String(body['link_token']));
    const { items } = (
      await operators.asPage<{ items: { id: string; role: string }[] }>('/operators', {}, owner.cookie)
    ).body;
    expect(items.find(({ id }) => id === ivan.id)).toMatchObject({ name: 'ivan', role: 'operator' });
    const owners = items.filter(({ role }) => role === 'owner').map(({ id }) => id);
    const remove = (id: string) => operators.asPage(`/operators/${id}`, { method: 'DELETE' }, owner.cookie);
    const others = owners.filter((id) => id !== owner.id);
    for (const id of others) expect((await remove(id)).status).toBe(204);
    expect(outcomeOf(await remove(owner.id))).toEqual([409, 'last_owner']);
    expect(outcomeOf(await remove('019a0000-0000-7000-8000-000000000000'))).toEqual([
      404,
      'operator_not_found',
    ]);
  });

  it('lets one of two owners who remove each other stay', async () => {
    const service = stack.service(OperatorsService);
    const pair = [await operators.person('owner'), await operators.person('owner')];
    for (const { name, role } of await service.list())
      if (role === 'owner' && !pair.some((owner) => owner.name === name)) await service.remove({ name });
    const results = await Promise.allSettled(pair.map(({ name }) => service.remove({ name })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await service.list()).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { OperatorsService } from '../../../libs/admin/src/index.js';
import { ended } from '../../support/command.js';
import { useStack } from '../../support/stack.js';
import { adminUrlOf } from '../admin.js';
import { operatorsOf } from './operators.js';

describe('the commands about operators', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const operators = operatorsOf(stack);
  /** The environment of the service, with the port that it got. */
  const env = () => ({ ...stack.env, NODE_ENV: 'test', ADMIN_PORT: new URL(adminUrlOf(stack)).port });
  const ran = async (...argv: string[]) => {
    const { code, stdout, stderr } = await ended(env(), 'operators', ...argv, '--json');
    return { code, ...(JSON.parse(stdout || stderr) as Record<string, unknown>) } as {
      code: number;
      link?: string;
      items?: { name: string; role: string; reset: boolean }[];
      invitations?: object[];
      error?: { code: string };
    };
  };
  const tokenOf = (link = '') => /\/#\/invitation\/([\w-]{43})$/.exec(link)?.[1] ?? '';

  it('invite the first operator as an owner, and others as viewers by default', async () => {
    const first = await ran('invite', 'alice');
    expect(first.link).toContain(adminUrlOf(stack));
    await operators.accept(tokenOf(first.link));
    await operators.accept(tokenOf((await ran('invite', 'bob')).link));
    await operators.accept(tokenOf((await ran('invite', 'carol', '--role', 'operator')).link));
    const { items } = await ran('list');
    expect(items?.map(({ name, role, reset }) => [name, role, reset])).toEqual([
      ['alice', 'owner', false],
      ['bob', 'viewer', false],
      ['carol', 'operator', false],
    ]);
  });

  it('reset an operator and remove one, but not the last owner', async () => {
    const { link } = await ran('reset', 'bob');
    expect((await ran('list')).items?.find(({ name }) => name === 'bob')?.reset).toBe(true);
    await operators.accept(tokenOf(link));
    expect(await ran('remove', 'bob')).toMatchObject({ code: 0, name: 'bob', removed: true });
    expect(await ran('remove', 'bob')).toMatchObject({ code: 1, error: { code: 'operator_not_found' } });
    expect(await ran('remove', 'alice')).toMatchObject({ code: 1, error: { code: 'last_owner' } });
    expect(await ran('invite', 'alice')).toMatchObject({ code: 1, error: { code: 'operator_name_taken' } });
  });

  it('list a pending invitation and withdraw it, but not one that is accepted', async () => {
    const { link } = await ran('invite', 'erin', '--role', 'operator');
    const { invitations } = await ran('list');
    expect(invitations).toEqual([
      { name: 'erin', role: 'operator', expires_at: expect.stringContaining('T') as string },
    ]);
    expect(await ran('withdraw', 'erin')).toMatchObject({ code: 0, name: 'erin', withdrawn: true });
    expect((await operators.open(tokenOf(link))).status).toBe(404);
    expect((await ran('list')).invitations).toEqual([]);
    for (const name of ['erin', 'alice'])
      expect(await ran('withdraw', name)).toMatchObject({ code: 1, error: { code: 'invitation_invalid' } });
  });

  it('refuse wrong names and roles, and a listener that has no address', async () => {
    expect(await ran('invite', 'Alice')).toMatchObject({ code: 2, error: { code: 'operator_name_invalid' } });
    expect(await ran('invite', 'dave', '--role', 'root')).toMatchObject({
      code: 2,
      error: { code: 'role_unknown' },
    });
    const off = await ended({ ...env(), ADMIN_PORT: '' }, 'operators', 'invite', 'dave', '--json');
    expect([off.code, off.stderr]).toEqual([1, expect.stringContaining('"admin_address_unknown"')]);
    const names = (await stack.service(OperatorsService).list()).map(({ name }) => name);
    expect(names).not.toContain('dave');
  });
});

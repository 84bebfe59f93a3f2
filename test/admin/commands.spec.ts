import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { ended } from '../support/command.js';
import { useStack } from '../support/stack.js';
import { adminUrlOf, APPID, form } from './admin.js';

describe('the commands of service accounts', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  const command = (...argv: string[]) => ended(stack.env, 'service-accounts', ...argv);
  const json = ({ stdout, stderr }: { stdout: string; stderr: string }): unknown =>
    JSON.parse(stdout || stderr);
  type Credentials = { client_id: string; client_secret: string };
  const status = async (credentials: Credentials) => {
    const options = form({ grant_type: 'client_credentials', ...credentials });
    return (await call(`${adminUrlOf(stack)}/oauth/token`, options)).status;
  };

  it('create, list, rotate and revoke an account', async () => {
    const created = json(
      await command('create', 'shop', '--scope', 'apps:read', '--app', APPID, '--json'),
    ) as Credentials;
    expect(created).toEqual({
      client_id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      client_secret: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(await status(created)).toBe(200);
    const rotated = json(await command('rotate', 'shop', '--json')) as Credentials;
    expect(rotated.client_id).toBe(created.client_id);
    const { stdout } = await command('list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      items: [
        { name: 'shop', client_id: created.client_id, scopes: ['apps:read'], apps: [APPID], live_secrets: 2 },
      ],
    });
    expect(stdout).not.toContain(rotated.client_secret);
    expect(json(await command('revoke', 'shop', '--json'))).toEqual({
      client_id: created.client_id,
      revoked: true,
    });
    expect((await command('list')).output).toContain('revoked');
  });

  it.each([
    ['an unknown scope', ['create', 'a', '--scope', 'everything', '--app', APPID], 2, 'scope_unknown'],
    ['no app', ['create', 'a'], 2, 'app_missing'],
    ['an app that is not served', ['create', 'a', '--app', 'wx1234567890abcdef'], 1, 'app_unknown'],
    ['a name with other characters', ['create', 'A b', '--app', APPID], 2, 'service_account_name_invalid'],
    ['an unknown name', ['rotate', 'unknown'], 1, 'service_account_not_found'],
    ['an unknown name to revoke', ['revoke', 'unknown'], 1, 'service_account_not_found'],
  ])('refuse %s', async (_, argv, exitCode, code) => {
    const answer = await command(...argv, '--json');
    expect([answer.code, json(answer)]).toMatchObject([exitCode, { error: { code } }]);
  });

  it('refuse a name that is taken', async () => {
    await command('create', 'twice', '--app', APPID);
    const answer = await command('create', 'twice', '--app', APPID, '--json');
    expect(json(answer)).toMatchObject({ error: { code: 'service_account_name_taken' } });
  });
});

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { useDoctor } from './doctor.js';

describe('the report of passport doctor', () => {
  const { stack, folder, examined, json, run } = useDoctor();

  it('reports that nothing is wrong, in English', async () => {
    await stack.loggedIn();
    const { code, output } = await examined();
    expect(output).toMatch(/^\[ok\] Environment\n/);
    const notOk = output.split('\n').filter((line) => line.startsWith('[') && !line.startsWith('[ok]'));
    expect(notOk).toEqual(['[not used] Redis']);
    expect(output).toMatch(/\nNothing is wrong\.$/);
    expect(code).toBe(0);
  });

  it('reports the same in Chinese with a Chinese LANG', async () => {
    const { problems, output } = await examined({ LANG: 'zh_CN.UTF-8' });
    expect(output).toMatch(/^\[正常\] 环境变量\n/);
    expect(output).toContain('\n[未使用] Redis\n');
    expect(output).toMatch(/\n一切正常。$/);
    expect(problems).toBe(0);
  });

  it('gives cause and fix in Chinese too', async () => {
    const { problems, output } = await examined({ LANG: 'zh_TW', WEIXIN_APPS: 'wxsandbox000000001:canary' });
    expect(output).toMatch(
      /\[问题\] 微信端的小程序\n {4}微信拒绝了该小程序：wxsandbox000000001, errcode 40125\n/,
    );
    expect(output).toMatch(/原因：.*\n.*解决：/);
    expect(output).toMatch(/\n发现 1 个问题。$/);
    expect(problems).toBe(1);
  });

  it('prints checks and findings with stable names as JSON', async () => {
    const { code, stdout } = await json({ JWT_ISUER: 'canary', SECRET_KEY: '-'.repeat(40) });
    interface Report {
      problems: number;
      checks: { name: string; state: string; findings: Record<string, unknown>[] }[];
    }
    const { problems, checks } = JSON.parse(stdout) as Report;
    expect([code, problems]).toEqual([1, 1]);
    expect(checks.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'environment: hint',
      'weixin_address: ok',
      'weixin_apps: ok',
      'clock: ok',
      'database: ok',
      'redis: unused',
      'secret_key: problem',
      'issuer: ok',
      'jwks: ok',
      'proxy: ok',
      'push: ok',
      'deletion_ledger: ok',
      'unionid: ok',
    ]);
    expect(checks[0]?.findings).toMatchObject([{ code: 'environment_unknown', is_hint: true }]);
    expect(checks[6]?.findings).toEqual([
      {
        code: 'secret_key_wrong',
        is_hint: false,
        title: 'SECRET_KEY does not decrypt the signing keys',
        about: expect.stringContaining('current ') as string,
        cause: expect.any(String) as string,
        fix: expect.any(String) as string,
      },
    ]);
    const refused = await json({ WEIXIN_APPS: 'wxsandbox000000001:canary' });
    expect(refused.stdout).toContain('"code":"app_refused"');
  });

  it('names every fault of an environment that does not allow a start, and no value', async () => {
    const { problems, output } = await examined({
      PORT: 'canary',
      WEIXIN_APPS: 'canary',
      JWT_ISUER: 'canary',
    });
    expect(output).toMatch(/PORT must be a whole number/);
    expect(output).toMatch(/WEIXIN_APPS must be appid:secret/);
    expect(output).toContain('[not checked] Database');
    // The same cause and fix appear once.
    expect(output.split('Cause: ')).toHaveLength(2);
    expect(output).not.toContain('canary');
    expect(problems).toBe(2);
  });

  it('hints at a variable that is not read', async () => {
    const { problems, output } = await examined({ JWT_ISUER: 'canary' });
    expect(output).toContain('Did you mean JWT_ISSUER?');
    expect(problems).toBe(0);
  });

  it('changes nothing: not the database of a service that was stopped, and none is made', async () => {
    const file = join(folder, 'copy.sqlite');
    await execute(stack.databaseUrl, `VACUUM INTO '${file}'`);
    const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
    const before = hash();
    await execute(stack.databaseUrl, 'SELECT 1');
    expect((await examined({ DATABASE_URL: `sqlite:${file}` })).problems).toBe(0);
    expect(hash()).toBe(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy.sqlite'))).toEqual(['copy.sqlite']);

    const { output } = await run({ SECRET_KEY: '', DATABASE_URL: '' });
    expect(output).toContain(
      '[hint] Database\n    There is no database yet: sqlite:data/weapp-passport.sqlite\n',
    );
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

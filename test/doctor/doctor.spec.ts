import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { examine } from '../../apps/cli/src/doctor/doctor.js';
import { countProblems, languageOf, renderReport } from '../../apps/cli/src/doctor/report.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { lock } from '../support/lock.js';
import { freePort, Program } from '../support/process.js';
import { execute, rows } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { startProxy } from './proxy.js';

describe('npm run doctor', () => {
  const stack = useStack();
  const folder = useFolder();
  const envWith = (env: NodeJS.ProcessEnv) => ({ ...stack.env, JWT_ISSUER: stack.url, ...env });
  /** As an operator runs it. */
  const run = async (env: NodeJS.ProcessEnv = {}) => {
    const program = new Program('dist/apps/cli/src/doctor.js', envWith(env), folder);
    return { code: await program.ended(), output: program.output };
  };
  /** The same in this process. */
  const examined = async (env: NodeJS.ProcessEnv = {}) => {
    const results = await examine(envWith(env));
    return { problems: countProblems(results), output: renderReport(results, languageOf(env['LANG'])) };
  };
  const sandbox = (method: string, path: string, json?: object) =>
    call(`${String(stack.env['WEIXIN_API_BASE_URL'])}${path}`, { method, json });
  /** It must find exactly this problem. */
  const finds = async (title: string, env: NodeJS.ProcessEnv = {}) => {
    const { output } = await examined(env);
    expect(output).toContain(title);
    expect(output).toContain('Cause: ');
    expect(output).toContain('Fix: ');
    expect(output).toMatch(/\n1 problem found\.$/);
    expect(output).not.toMatch(/sandbox-secret|canary|\n\s+at /);
    expect(output).not.toContain(SECRET_KEY);
    return output;
  };

  it('says that nothing is wrong, in English', async () => {
    await stack.loggedIn();
    const { code, output } = await run();
    expect(output).toMatch(/^\[ok\] Environment\n/);
    const notOk = output.split('\n').filter((line) => line.startsWith('[') && !line.startsWith('[ok]'));
    expect(notOk).toEqual(['[not used] Redis']);
    expect(output).toMatch(/\nNothing is wrong\.\n$/);
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

  it('names a wrong appid', async () => {
    const output = await finds('wx1111111111111111, errcode 40013', {
      WEIXIN_APPS: 'wx1111111111111111:canary',
    });
    expect(output).toContain('[PROBLEM] Mini-programs at WeChat');
    expect(output).toContain('Cause: WeChat knows no such appid');
  });

  it('names a wrong AppSecret, also of an app of the file, by its name', async () => {
    const path = join(folder, 'apps.json');
    writeFileSync(path, JSON.stringify([{ appid: 'wxsandbox000000002', secret: 'canary', name: '商店' }]));
    await finds('WeChat refuses the mini-program: wxsandbox000000002 (商店), errcode 40125', {
      WEIXIN_APPS: 'wxsandbox000000001:sandbox-secret',
      WEIXIN_APPS_FILE: path,
    });
  });

  it('names a frozen AppSecret', async () => {
    await sandbox('PUT', '/sandbox/apps', { appid: 'wxsandbox000000002', secretFrozen: true });
    const output = await finds('wxsandbox000000002, errcode 40243');
    expect(output).toContain('has frozen the AppSecret');
  });

  it('names an IP whitelist without this machine, and the address WeChat saw', async () => {
    await sandbox('PUT', '/sandbox/apps', { appid: 'wxsandbox000000001', ipWhitelist: ['203.0.113.9'] });
    const output = await finds('wxsandbox000000001, errcode 40164, IP 127.0.0.1');
    expect(output).toContain("not in the mini-program's IP whitelist");
  });

  it('names a WeChat that cannot be reached, that hangs, or that cannot show who it is', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    await finds(`WeChat cannot be reached: ${closed} (ECONNREFUSED)`, { WEIXIN_API_BASE_URL: closed });
    await sandbox('PUT', '/sandbox/faults', [{ path: '/cgi-bin/stable_token', kind: 'hang' }] as never);
    const output = await finds('(TIMEOUT)', { WEIXIN_TIMEOUT_MS: '300' });
    expect(output, 'that of the database answers').toContain('[ok] Clock');
    const https = String(stack.env['WEIXIN_API_BASE_URL']).replace('http:', 'https:');
    await finds("WeChat's certificate is not trusted", { WEIXIN_API_BASE_URL: https });
  });

  it('names somebody else in the place of WeChat', async () => {
    await finds('What answers is not WeChat', { WEIXIN_API_BASE_URL: stack.url });
  });

  it.each([
    ['ahead', 120_000, '+120 s'],
    ['behind', -45_000, '-45 s'],
  ])('names a clock that is %s', async (_, ms, text) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    const { problems, output } = await examined().finally(() => vi.useRealTimers());
    expect(problems).toBe(2);
    expect(output).toContain('The clock of this machine is wrong: ');
    // The `Date` header has whole seconds.
    const seconds = Number(/wrong: ([+-]\d+) s/.exec(output)?.[1]);
    expect(Math.abs(seconds - parseInt(text))).toBeLessThanOrEqual(2);
    expect(output).toContain(`The clocks of this machine and of the database differ: ${text}`);
  });

  it('names a database that is locked, beside the running service', async () => {
    const unlock = await lock(stack.databaseUrl, 'users');
    await finds(`The database is locked: ${stack.databaseUrl} (SQLITE_BUSY)`);
    await unlock();
    expect((await examined()).problems).toBe(0);
  });

  it('names a database that does not open', async () => {
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    await finds('The database does not open', { DATABASE_URL: `sqlite:${join(folder, 'a-folder')}` });
    const garbage = join(folder, 'garbage.sqlite');
    writeFileSync(garbage, 'this is no database, only a text '.repeat(40));
    await finds('(SQLITE_NOTADB)', { DATABASE_URL: `sqlite:${garbage}` });
    await finds('The database does not open', {
      DATABASE_URL: `sqlite:${join(garbage, 'below/a-file.sqlite')}`,
    });
  });

  it('names a Redis that cannot be reached, or that refuses, and no password', async () => {
    const port = await freePort();
    const closed = { REDIS_URL: `redis://:canary@127.0.0.1:${port}` };
    await finds(`Redis cannot be reached: 127.0.0.1:${port} (ECONNREFUSED)`, closed);
    const locked = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', () => socket.write('-NOAUTH Authentication required.\r\n'));
    });
    await once(locked.listen(0, '127.0.0.1'), 'listening');
    const address = `127.0.0.1:${(locked.address() as AddressInfo).port}`;
    await finds(`Redis refuses the service: ${address} (NOAUTH)`, { REDIS_URL: `redis://${address}` });
    locked.close();
  });

  it('names a database of a newer version', async () => {
    await execute(stack.databaseUrl, "INSERT INTO migrations (timestamp, name) VALUES (9e12, 'Later9')");
    await finds('The database is of a newer version of the service');
    await execute(stack.databaseUrl, "DELETE FROM migrations WHERE name = 'Later9'");
  });

  it('names a SECRET_KEY that does not open the signing keys', async () => {
    const output = await finds('SECRET_KEY does not open the signing keys', {
      SECRET_KEY: SECRET_KEY.split('').reverse().join(''),
    });
    expect(output).not.toContain(SECRET_KEY.split('').reverse().join(''));
  });

  it('names a signing key whose public half was changed', async () => {
    const [key] = await rows<{ id: string; public_jwk: string }>(
      stack.databaseUrl,
      "SELECT id, public_jwk FROM signing_keys WHERE state = 'current'",
    );
    const set = (jwk = '') =>
      execute(stack.databaseUrl, `UPDATE signing_keys SET public_jwk = '${jwk}' WHERE state = 'current'`);
    await set('{}');
    await finds(`A signing key was changed in the database: current ${String(key?.id)}`);
    await set(key?.public_jwk);
  });

  it('names a JWT_ISSUER where nothing answers', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    await finds(`Nothing answers at JWT_ISSUER: ${closed} (ECONNREFUSED)`, { JWT_ISSUER: closed });
  });

  it('names another service at JWT_ISSUER, with keys of its own or none', async () => {
    await finds('Another service answers at JWT_ISSUER', { JWT_ALGORITHM: 'HS256' });
    const output = await finds('Another service answers at JWT_ISSUER', {
      JWT_ISSUER: String(stack.env['WEIXIN_API_BASE_URL']),
    });
    expect(output).toContain('(HTTP 404)');
  });

  it('names a proxy that the service does not know of, by its traces', async () => {
    const proxy = await startProxy(stack.url);
    await finds(`TRUST_PROXY_HOPS is 0: ${proxy.url} (server, via)`, { JWT_ISSUER: proxy.url });
    const known = await examined({ JWT_ISSUER: proxy.url, TRUST_PROXY_HOPS: '1' });
    proxy.stop();
    expect(known.problems).toBe(0);
  });

  it('names an issuer of production that is neither https nor public', async () => {
    const { problems, output } = await examined({
      NODE_ENV: 'production',
      WEIXIN_ALLOW_HTTP: 'true',
      WEIXIN_APPS: SANDBOX,
    });
    expect(output).toContain(`JWT_ISSUER is not https: ${stack.url}`);
    expect(output).toContain(`JWT_ISSUER is no public address: ${stack.url}`);
    expect(output).toContain('In production, and not at WeChat');
    expect(problems).toBe(2);
  });

  it('hints at an app that gets no unionid, which is no problem', async () => {
    const appid = 'wxsandbox000000002';
    await sandbox('PUT', '/sandbox/apps', { appid, unbound: true });
    await stack.login({ code: await stack.code('nobody', appid), appid });
    const { problems, output } = await examined();
    expect(output).toContain(`[hint] unionid\n    WeChat tells no unionid: ${appid}\n`);
    expect(output).toMatch(/\nNothing is wrong\.$/);
    expect(problems).toBe(0);
  });

  it('says that unionid is not used, with a single app that has none, and before the first login', async () => {
    const appid = 'wxsandbox000000002';
    const single = { WEIXIN_APPS: `${appid}:sandbox-secret-2` };
    expect((await examined(single)).output).toContain('[not used] unionid\n');
    const file = join(folder, 'nobody.sqlite');
    await execute(stack.databaseUrl, `VACUUM INTO '${file}'`);
    await execute(`sqlite:${file}`, 'DELETE FROM weixin_identities');
    const { output } = await examined({ DATABASE_URL: `sqlite:${file}` });
    expect(output).toContain('[not used] unionid\n');
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
    // The same cause and fix are told once.
    expect(output.split('Cause: ')).toHaveLength(2);
    expect(output).not.toContain('canary');
    expect(problems).toBe(2);
  });

  it('hints at a variable that nothing reads', async () => {
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

const SANDBOX = 'wxsandbox000000001:sandbox-secret,wxsandbox000000002:sandbox-secret-2';

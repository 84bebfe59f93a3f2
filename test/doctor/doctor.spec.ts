import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { lock } from '../support/lock.js';
import { freePort } from '../support/process.js';
import { execute, rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';
import { useDoctor } from './doctor.js';
import { startProxy } from './proxy.js';

const SEVERAL = Array.from({ length: 8 }, (_, index) => `wxsandbox00000001${index}`);

describe('passport doctor', () => {
  const { stack, folder, examined, sandbox, finds } = useDoctor();

  it('names a wrong appid', async () => {
    const output = await finds('wx1111111111111111, errcode 40013', {
      WEIXIN_APPS: 'wx1111111111111111:canary',
    });
    expect(output).toContain('[PROBLEM] Mini-programs at WeChat');
    expect(output).toContain('Cause: WeChat does not know this appid');
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
    expect(output).toContain('The AppSecret was frozen');
  });

  it('names an IP whitelist without this machine, and the address WeChat saw', async () => {
    await sandbox('PUT', '/sandbox/apps', { appid: 'wxsandbox000000001', ipWhitelist: ['203.0.113.9'] });
    const output = await finds('wxsandbox000000001, errcode 40164, IP 127.0.0.1');
    expect(output).toContain("not in the mini-program's IP whitelist");
  });

  it('names a WeChat that cannot be reached, that hangs, or whose certificate is not trusted', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    await finds(`WeChat cannot be reached: ${closed} (ECONNREFUSED)`, { WEIXIN_API_BASE_URL: closed });
    await sandbox('PUT', '/sandbox/faults', [{ path: '/cgi-bin/stable_token', kind: 'hang' }] as never);
    const output = await finds('(TIMEOUT)', { WEIXIN_TIMEOUT_MS: '300' });
    expect(output, 'the clock of the database is compared').toContain('[ok] Clock');
    const https = String(stack.env['WEIXIN_API_BASE_URL']).replace('http:', 'https:');
    await finds("WeChat's certificate is not trusted", { WEIXIN_API_BASE_URL: https });
  });

  it('asks WeChat about all mini-programs at the same time, so that a slow answer delays the report once', async () => {
    const waiting: ServerResponse[] = [];
    const slow = createHttpServer((_, response) => {
      // WeChat answers once all have been asked.
      if (waiting.push(response) < SEVERAL.length) return;
      for (const each of waiting) each.end(JSON.stringify({ access_token: 'x', expires_in: 7200 }));
    });
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const { port } = slow.address() as AddressInfo;
    const { output, problems } = await examined({
      WEIXIN_API_BASE_URL: `http://127.0.0.1:${port}`,
      WEIXIN_APPS: SEVERAL.map((appid) => `${appid}:canary`).join(','),
    }).finally(() => slow.close());
    expect(output).toContain('[ok] Mini-programs at WeChat');
    expect(problems).toBe(0);
  });

  it('names a WeChat that hangs once, not for each mini-program', async () => {
    await sandbox('PUT', '/sandbox/faults', [{ path: '/cgi-bin/stable_token', kind: 'hang' }] as never);
    const env = { WEIXIN_APPS: SEVERAL.map((appid) => `${appid}:canary`).join(',') };
    await finds('(TIMEOUT)', { ...env, WEIXIN_TIMEOUT_MS: '300' });
  });

  it('names somebody else in the place of WeChat', async () => {
    await finds('Another server answers instead of WeChat', { WEIXIN_API_BASE_URL: stack.url });
  });

  it('names a service that has another Token for the pushes of an app, or none', async () => {
    const path = join(folder, 'push.json');
    const first = { appid: 'wxsandbox000000001', secret: 'sandbox-secret', name: '商店' };
    const push = { push_token: 'canaryToken', push_encoding_aes_key: 'k'.repeat(43) };
    writeFileSync(path, JSON.stringify([{ ...first, ...push }]));
    const output = await finds(
      'refuses the pushes that WeChat would send: wxsandbox000000001 (商店) (push_signature_invalid)',
      { WEIXIN_APPS_FILE: path },
    );
    expect(output).toContain('[PROBLEM] Pushes from WeChat');
    expect((await examined()).output).toContain('[ok] Pushes from WeChat');
  });

  describe('names a ledger of deletions', () => {
    const id = '00000000-0000-7000-8000-000000000001';
    const ledgerOf = (name: string, action: string, mode = 0o600) => {
      // The ledgers of one folder are read together.
      const DELETION_LEDGER = join(mkdtempSync(join(folder, 'ledger-')), name);
      const entry = { at: '2026-01-01T00:00:00.000Z', action, user_id: id, merged_user_ids: [] };
      writeFileSync(DELETION_LEDGER, `${JSON.stringify(entry)}\n`, { mode });
      chmodSync(DELETION_LEDGER, mode);
      return { DELETION_LEDGER };
    };

    it.each([
      ['whose folder is a file', 'deletions.jsonl', 'ENOTDIR'],
      ['that is a folder', '..', 'EISDIR'],
    ])('%s', async (_, path, code) => {
      const DELETION_LEDGER = join(ledgerOf('cancelled.jsonl', 'cancelled').DELETION_LEDGER, path);
      await finds(`The ledger of deletions cannot be written: ${DELETION_LEDGER} (${code})`, {
        DELETION_LEDGER,
      });
    });

    it('that other users of the machine can read', async () => {
      const env = ledgerOf('exposed.jsonl', 'cancelled', 0o644);
      await finds(`Others can read the ledger of deletions: ${env.DELETION_LEDGER}`, env);
    });

    it('with users who are in the database again', async () => {
      const env = ledgerOf('erased.jsonl', 'erased');
      expect((await examined(env)).output).toContain('[ok] Ledger of deletions');
      await execute(stack.databaseUrl, `INSERT INTO users (id, created_at) VALUES ('${id}', 1)`);
      await finds(`Users who were erased are in the database: ${env.DELETION_LEDGER} (1)`, env);
      await execute(stack.databaseUrl, `DELETE FROM users WHERE id = '${id}'`);
    });

    it('with lines that are no entries, which is no problem', async () => {
      const env = ledgerOf('torn.jsonl', 'erased');
      appendFileSync(env.DELETION_LEDGER, '{"at":"20');
      const { problems, output } = await examined(env);
      expect(output).toContain(`lines that are no entries: ${env.DELETION_LEDGER} (1)`);
      expect(problems).toBe(0);
    });

    it.runIf(existsSync('/dev/shm'))('in memory, in production only', async () => {
      const env = { DELETION_LEDGER: '/dev/shm/none/deletions.jsonl', NODE_ENV: 'production' };
      const title = 'The ledger of deletions is not on a persistent volume';
      const { output } = await examined({ ...env, WEIXIN_ALLOW_HTTP: 'true', WEIXIN_APPS: SANDBOX });
      expect(output).toContain(`[hint] Ledger of deletions\n    ${title}: ${env.DELETION_LEDGER}\n`);
      expect((await examined({ ...env, NODE_ENV: 'test' })).output).not.toContain(title);
    });
  });

  it.each([
    ['ahead', 120_000, '+120 s'],
    ['behind', -45_000, '-45 s'],
  ])('names a clock that is %s', async (_, ms, text) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    const { problems, output } = await examined().finally(() => vi.useRealTimers());
    expect(problems).toBe(2);
    const skews =
      /machine is wrong: ([+-]\d+) s.*of the database differ: ([+-]\d+) s/s.exec(output)?.slice(1) ?? [];
    expect(skews).toHaveLength(2);
    // The `Date` header has whole seconds, and the examination takes time while this clock stands still.
    for (const skew of skews) expect(Math.abs(Number(skew) - parseInt(text))).toBeLessThanOrEqual(2);
  });

  it('names a database that is locked while the service runs', async () => {
    const unlock = await lock(stack.databaseUrl, 'users');
    await finds(`The database is locked: ${stack.databaseUrl} (SQLITE_BUSY)`);
    await unlock();
    expect((await examined()).problems).toBe(0);
  });

  it('names a database that does not open', async () => {
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    await finds('The database does not open', { DATABASE_URL: `sqlite:${join(folder, 'a-folder')}` });
    const garbage = join(folder, 'garbage.sqlite');
    writeFileSync(garbage, 'this is not a database '.repeat(40));
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
    await finds('The database belongs to a newer version of the service');
    await execute(stack.databaseUrl, "DELETE FROM migrations WHERE name = 'Later9'");
  });

  it('names a SECRET_KEY that does not decrypt the signing keys', async () => {
    const output = await finds('SECRET_KEY does not decrypt the signing keys', {
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

  it('names a JWT_ISSUER where no server answers', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    await finds(`No server answers at JWT_ISSUER: ${closed} (ECONNREFUSED)`, { JWT_ISSUER: closed });
  });

  it('names another service at JWT_ISSUER, with keys of its own or none', async () => {
    await finds('Another service answers at JWT_ISSUER', { JWT_ALGORITHM: 'HS256' });
    const output = await finds('Another service answers at JWT_ISSUER', {
      JWT_ISSUER: String(stack.env['WEIXIN_API_BASE_URL']),
    });
    expect(output).toContain('(HTTP 404)');
  });

  it('names a proxy that the service is not configured for, by its headers', async () => {
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
    expect(output).toContain(`JWT_ISSUER is not a public address: ${stack.url}`);
    expect(output).toContain('In production, but not connected to WeChat');
    expect(problems).toBe(2);
  });

  it('hints at an app that gets no unionid, which is no problem', async () => {
    const appid = 'wxsandbox000000002';
    await sandbox('PUT', '/sandbox/apps', { appid, unbound: true });
    await stack.login({ code: await stack.code('without-unionid', appid), appid });
    const { problems, output } = await examined();
    expect(output).toContain(`[hint] unionid\n    WeChat returns no unionid: ${appid}\n`);
    expect(output).toMatch(/\nNothing is wrong\.$/);
    expect(problems).toBe(0);
  });

  it('reports unionid as not used with a single app that has none, and before the first login', async () => {
    const appid = 'wxsandbox000000002';
    const single = { WEIXIN_APPS: `${appid}:sandbox-secret-2` };
    expect((await examined(single)).output).toContain('[not used] unionid\n');
    const file = join(folder, 'no-logins.sqlite');
    await execute(stack.databaseUrl, `VACUUM INTO '${file}'`);
    await execute(`sqlite:${file}`, 'DELETE FROM weixin_identities');
    const { output } = await examined({ DATABASE_URL: `sqlite:${file}` });
    expect(output).toContain('[not used] unionid\n');
  });
});

const SANDBOX = 'wxsandbox000000001:sandbox-secret,wxsandbox000000002:sandbox-secret-2';

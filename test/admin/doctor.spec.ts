import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../libs/admin/src/index.js';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { useFolder } from '../support/folder.js';
import { forwarding } from '../support/forwarding.js';
import { freePort } from '../support/process.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { adminCaller, APPID } from './admin.js';
import { operatorsOf, outcomeOf } from './operators/operators.js';

const OTHER_APPID = 'wxsandbox000000002';
const [TOKEN, AES_KEY] = ['canaryToken', 'c'.repeat(43)];
/** No server listens there, except while {@link forwarding} does. */
const PORT = await freePort();
const ISSUER = `http://127.0.0.1:${PORT}`;

interface Finding {
  code: string;
  is_hint: boolean;
  title: string;
  about: string | null;
  cause: string;
  fix: string;
}
interface Report {
  problems: number;
  checks: { name: string; title: string; state: string; findings: Finding[] }[];
}

describe('the doctor of the admin API', () => {
  const folder = useFolder();
  const file = join(folder, 'apps.json');
  const push = { push_token: TOKEN, push_encoding_aes_key: AES_KEY };
  const first = { appid: APPID, secret: 'sandbox-secret', name: '商店', login_per_minute: 30 };
  writeFileSync(
    file,
    JSON.stringify([
      { ...first, ...push },
      { appid: OTHER_APPID, secret: 'sandbox-secret-2', name: '社区' },
    ]),
  );
  const stack = useStack({
    ADMIN_PORT: '0',
    DELETION_LEDGER: join(folder, 'deletions.jsonl'),
    JWT_ISSUER: ISSUER,
    WEIXIN_APPS_FILE: file,
    RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '60',
    WEIXIN_PUSH_FORWARD_URL: 'http://127.0.0.1:9/push',
  });
  const operators = operatorsOf(stack);
  const caller = (appids = [APPID]) => adminCaller(stack, { scopes: ['apps:read', 'users:write'], appids });
  const noSecretIn = (text: string) => {
    expect(text).not.toMatch(/sandbox-secret|canary|cccc/);
    expect(text).not.toContain(SECRET_KEY);
  };

  it('has the checks of the command with their findings, of all mini-programs', async () => {
    const { cookie } = await operators.person('operator');
    const report = async (headers = {}) =>
      operators.asPage<Report>('/doctor', { method: 'POST', headers }, cookie);
    const { status, body, text } = await report();
    expect(status).toBe(200);
    const stateOf = (name: string) => body.checks.find((check) => check.name === name)?.state;
    expect(['environment', 'weixin_apps', 'clock', 'database', 'redis', 'secret_key'].map(stateOf)).toEqual([
      ...['ok', 'ok', 'ok', 'ok', 'unused', 'ok'],
    ]);
    const jwks = body.checks.find(({ name }) => name === 'jwks');
    expect(jwks).toMatchObject({
      state: 'problem',
      findings: [{ code: 'jwks_unreachable', is_hint: false, about: `${ISSUER} (ECONNREFUSED)` }],
    });
    expect(jwks?.findings[0]?.cause).toContain('The service or the proxy in front of it is not running');
    expect(stateOf('push')).toBe('unchecked');
    expect(body.problems).toBe(1);
    noSecretIn(text);
    expect(await stack.exchanges('/cgi-bin/stable_token')).toBe(2);
    const chinese = await report({ 'accept-language': 'zh-CN,zh;q=0.9' });
    expect(chinese.text).toContain('JWT_ISSUER 无响应');
  });

  it('is closed to viewers and to service accounts: findings name addresses and files of the installation', async () => {
    const { cookie } = await operators.person('viewer');
    const { ask } = await adminCaller(stack, { scopes: SCOPES, appids: [APPID, OTHER_APPID] });
    for (const answer of [
      await operators.asPage('/doctor', { method: 'POST' }, cookie),
      await ask('/doctor', { method: 'POST' }),
    ])
      expect(outcomeOf(answer)).toEqual([403, 'insufficient_scope']);
    expect(await stack.exchanges('/cgi-bin/stable_token')).toBe(0);
  });

  it('runs once for calls that come together', async () => {
    const { cookie } = await operators.person('owner');
    const reports = await Promise.all(
      Array.from({ length: 5 }, () => operators.asPage<Report>('/doctor', { method: 'POST' }, cookie)),
    );
    for (const { body } of reports) expect(body).toEqual(reports[0]?.body);
    expect(reports[0]?.status).toBe(200);
    expect(await stack.exchanges('/cgi-bin/stable_token')).toBe(2);
  });

  it('tests the pushes to a mini-program, and names the problem', async () => {
    const { ask } = await caller([APPID, OTHER_APPID]);
    type Test = { ok?: boolean; problem?: Finding; code?: string };
    const test = (appid: string) => ask<Test>(`/apps/${appid}/test-push`, { method: 'POST' });
    const { body, text } = await test(APPID);
    expect(body).toMatchObject({ ok: false, problem: { code: 'jwks_unreachable' } });
    noSecretIn(text);
    expect((await forwarding(PORT, stack.url, () => test(APPID))).body).toEqual({ ok: true });
    expect((await test(OTHER_APPID)).body.code).toBe('push_not_configured');
    for (const appid of ['unknown', '%00']) expect((await test(appid)).body.code).toBe('app_unknown');
  });

  it('is not needed to read limits, use and push configuration of the mini-programs', async () => {
    await stack.loggedIn();
    await stack.loggedIn();
    await stack.login({ code: 'none' });
    await stack.service(AuthEventsService).flush();
    const { ask } = await caller([APPID, OTHER_APPID]);
    const { body, text } = await ask('/apps');
    expect(body['items']).toEqual([
      {
        appid: APPID,
        name: '商店',
        login_per_minute: 30,
        push: { configured: true, forwarded: true },
        today: { logins: 2, refusals: 1, phone_numbers: 0 },
      },
      {
        appid: OTHER_APPID,
        name: '社区',
        login_per_minute: 60,
        push: { configured: false, forwarded: false },
        today: { logins: 0, refusals: 0, phone_numbers: 0 },
      },
    ]);
    noSecretIn(text);
  });
});

import { describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { samplesOf, sumOf } from '../support/scrape.js';
import { useStack } from '../support/stack.js';

const APPID = 'wxsandbox000000001';

describe('/metrics', () => {
  const stack = useStack({ REFRESH_REUSE_GRACE_SECONDS: '0' });
  const scrape = async () => samplesOf((await stack.call('/metrics')).text);
  /** How much a metric grows while something happens. */
  async function growth(
    name: string,
    labels: Record<string, string>,
    happen: () => Promise<unknown>,
  ): Promise<number> {
    const before = sumOf(await scrape(), name, labels);
    await happen();
    return sumOf(await scrape(), name, labels) - before;
  }

  it('has Prometheus’ text format, with figures of the process and the service', async () => {
    const answer = await stack.call('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const names = new Set(samplesOf(answer.text).map(({ name }) => name));
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(names).toContain(name);
  });

  it('counts logins by mini-program and outcome', async () => {
    const success = { appid: APPID, outcome: 'success' };
    expect(await growth('logins_total', success, () => stack.loggedIn())).toBe(1);
    const used = { appid: APPID, outcome: 'login_code_used' };
    const code = await stack.code();
    await stack.login({ code });
    expect(await growth('logins_total', used, () => stack.login({ code }))).toBe(1);
  });

  it('counts all mini-programs that it does not serve as one', async () => {
    const unknown = { appid: 'unknown', outcome: 'app_unknown' };
    const logins = async () => {
      for (const appid of ['wxinvented1', 'wxinvented2']) await stack.login({ code: 'x', appid });
    };
    expect(await growth('logins_total', unknown, logins)).toBe(2);
    expect((await stack.call('/metrics')).text).not.toContain('wxinvented');
  });

  it('counts refreshes by outcome, theft among them, and the session that it ends', async () => {
    const first = await stack.loggedIn();
    const refreshes = async () => {
      const second = await stack.refresh(first.refresh);
      await stack.refresh(second.body.refresh);
    };
    expect(await growth('refreshes_total', { outcome: 'rotated' }, refreshes)).toBe(2);
    const steal = () => stack.refresh(first.refresh);
    expect(await growth('refreshes_total', { outcome: 'refresh_token_reused' }, steal)).toBe(1);
    const next = await stack.loggedIn();
    const logOut = () => stack.call('/api/token/blacklist/', { json: { refresh: next.refresh } });
    expect(await growth('sessions_ended_total', {}, logOut)).toBe(1);
  });

  it('times calls of WeChat by path and outcome, and counts its errcodes', async () => {
    const path = '/sns/jscode2session';
    const calls = 'weixin_call_duration_seconds_count';
    expect(await growth(calls, { path, outcome: 'ok' }, () => stack.loggedIn())).toBe(1);
    await stack.breakWeixin('errcode', { errcode: 45011, times: 1 });
    const login = async () => stack.login({ code: await stack.code() });
    expect(await growth('weixin_errcodes_total', { path, errcode: '45011' }, login)).toBe(1);
    await stack.breakWeixin('html', { times: 1 });
    expect(await growth(calls, { path, outcome: 'weixin_unavailable' }, login)).toBe(1);
  });

  it('has the state of the circuit that opens when WeChat does not answer', async () => {
    const circuit = async () => sumOf(await scrape(), 'weixin_circuit_open', { appid: APPID });
    expect(await circuit()).toBe(0);
    await stack.breakWeixin('status', { status: 502 });
    for (let times = 0; times < 10; times += 1) await stack.login({ code: await stack.code() });
    expect(await circuit()).toBe(1);
  });

  it('times writes, and their time in the queue', async () => {
    const { access } = await stack.loggedIn('writer').catch(async () => {
      await expect
        .poll(async () => (await stack.login({ code: await stack.code('writer') })).status, { timeout: 8000 })
        .toBe(200);
      return stack.loggedIn('writer');
    });
    const write = () => stack.call('/api/weixin/data/', { token: access, json: { items: [] } });
    for (const name of ['database_write_duration_seconds_count', 'database_write_wait_seconds_count'])
      expect(await growth(name, {}, write)).toBeGreaterThanOrEqual(1);
    expect(sumOf(await scrape(), 'database_writes_pending')).toBe(0);
  });

  it('counts a write that fails by its problem', async () => {
    const { access } = await stack.loggedIn('unlucky');
    await execute(stack.databaseUrl, 'ALTER TABLE user_documents RENAME TO elsewhere');
    const write = () => stack.call('/api/weixin/data/', { token: access, json: { items: [] } });
    const failed = { outcome: 'internal_error' };
    expect(await growth('database_write_duration_seconds_count', failed, write)).toBe(1);
    await execute(stack.databaseUrl, 'ALTER TABLE elsewhere RENAME TO user_documents');
  });

  it('counts requests by the template of their route, all unknown paths as one', async () => {
    const requests = 'http_request_duration_seconds_count';
    const route = { route: '/api/sessions/:id', status: '401', method: 'DELETE' };
    const end = () => stack.call('/api/sessions/0199-secret', { method: 'DELETE' });
    expect(await growth(requests, route, end)).toBe(1);
    const lost = async () => {
      for (const path of ['/a', '/b/c', '/api/sessions/1/2']) await stack.call(path);
    };
    expect(await growth(requests, { route: 'none', status: '404' }, lost)).toBe(3);
  });

  it('never holds an openid, a token, a secret, a user or a URL in a label, and few values of each', async () => {
    const { access, refresh, user_id: userId } = await stack.loggedIn('canary');
    await stack.call('/api/weixin/data/', { token: access });
    await stack.refresh(refresh);
    await stack.call(`/api/sessions/${userId}?token=${access.slice(-20)}`, {
      method: 'DELETE',
      token: access,
    });
    await stack.call('/canary-path');
    const [identity] = await rows<{ openid: string }>(
      stack.databaseUrl,
      'SELECT openid FROM weixin_identities',
    );
    const { text } = await stack.call('/metrics');
    const secrets = [access, refresh, userId, identity?.openid ?? '', 'sandbox-secret', 'canary', '?', '%'];
    for (const { labels } of samplesOf(text)) {
      for (const value of Object.values(labels)) {
        for (const secret of secrets) expect(value).not.toContain(secret);
        expect(value.length, value).toBeLessThan(64);
      }
    }
    const values = samplesOf(text).flatMap(({ labels }) =>
      Object.entries(labels).map(([key, value]) => `${key} ${value}`),
    );
    expect(new Set(values).size).toBeLessThan(150);
  });
});

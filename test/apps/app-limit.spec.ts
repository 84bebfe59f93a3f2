import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useFolder } from '../support/folder.js';
import { useStack } from '../support/stack.js';

const [FIRST, SECOND] = ['wxsandbox000000001', 'wxsandbox000000002'] as const;

afterEach(() => {
  vi.useRealTimers();
});

describe('the limit of logins through one app', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '2' });
  const login = async (appid: string) =>
    stack.login<{ code: string }>({ code: await stack.code('alice', appid), appid });

  it('refuses a login beyond it with Retry-After before WeChat is called, and does not affect another app', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let count = 0; count < 2; count += 1) expect((await login(FIRST)).status).toBe(200);
    vi.setSystemTime(Date.now() + 18_500);
    const { status, body, headers } = await login(FIRST);
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(headers.get('retry-after')).toBe('42');
    expect(await stack.exchanges()).toBe(2);
    expect((await login(SECOND)).status).toBe(200);
    vi.setSystemTime(Date.now() + 41_500);
    expect((await login(FIRST)).status).toBe(200);
  });

  it('counts logins without appid against the default app', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 120_000);
    await login(FIRST);
    expect((await stack.login({ code: await stack.code() })).status).toBe(200);
    expect((await stack.login({ code: await stack.code() })).status).toBe(429);
  });
});

describe('codes that WeChat refuses', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '3', TRUST_PROXY_HOPS: '1' });
  const send = async (address: string, code: string) => {
    const answer = await stack.call('/api/weixin/login/', {
      json: { code, appid: FIRST },
      headers: { 'x-forwarded-for': address },
    });
    return [answer.status, answer.body['code']];
  };
  const good = async (address: string) => send(address, await stack.code('alice', FIRST));

  it('do not count against the limit of an app, nor of another address', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let count = 0; count < 3; count += 1)
      expect(await send('203.0.113.1', `junk-${count}`)).toEqual([401, 'login_code_invalid']);
    for (let count = 0; count < 3; count += 1) expect(await good('203.0.113.2')).toEqual([200, 'success']);
    expect(await good('203.0.113.2')).toEqual([429, 'rate_limited']);
  });

  it('reach WeChat once for each address and minute, after as many as the limit', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 120_000);
    for (let count = 0; count < 9; count += 1) await send('203.0.113.3', `junk-${count}`);
    expect(await stack.exchanges()).toBe(3);
    expect(await good('203.0.113.3')).toEqual([429, 'rate_limited']);
    // One /64 is one address.
    for (let count = 0; count < 9; count += 1) await send(`2001:db8::${count}`, `junk-${count}`);
    expect(await stack.exchanges()).toBe(4);
    vi.setSystemTime(Date.now() + 60_000);
    expect(await good('203.0.113.3')).toEqual([200, 'success']);
  });

  it('are not the codes that WeChat failed to exchange', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 240_000);
    await stack.breakWeixin('errcode', { errcode: -1, errmsg: 'system error' });
    for (let count = 0; count < 3; count += 1)
      expect(await good('203.0.113.4')).toEqual([503, 'weixin_busy']);
    await stack.fixWeixin();
    expect(await good('203.0.113.4')).toEqual([200, 'success']);
  });
});

describe('many logins at the same time', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '3' });

  it('are accepted up to the limit of the app, however many exchanges run in parallel', async () => {
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, person) => stack.code(`person-${person}`)),
    );
    const answers = await Promise.all(codes.map((code) => stack.login({ code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
  });
});

describe('`login_per_minute` of an app', () => {
  const path = join(useFolder(), 'apps.json');
  writeFileSync(
    path,
    JSON.stringify([
      { appid: FIRST, secret: 'sandbox-secret', name: 'First', login_per_minute: 1 },
      { appid: SECOND, secret: 'sandbox-secret-2', name: 'Second', login_per_minute: 0 },
    ]),
  );
  const stack = useStack({ WEIXIN_APPS_FILE: path, RATE_LIMIT_LOGIN_PER_APP_PER_MINUTE: '2' });
  const statuses = async (appid: string) => {
    const answers = [];
    for (let count = 0; count < 4; count += 1)
      answers.push((await stack.login({ code: await stack.code('alice', appid), appid })).status);
    return answers;
  };

  it('replaces the limit of all apps, and 0 means no limit', async () => {
    expect(await statuses(FIRST)).toEqual([200, 429, 429, 429]);
    expect(await statuses(SECOND)).toEqual([200, 200, 200, 200]);
  });
});

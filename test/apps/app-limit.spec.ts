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

  it('refuses the login over it before WeChat is called, says when to come back, and leaves the other app alone', async () => {
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

  it('takes the place of the limit of all apps, and 0 is none', async () => {
    expect(await statuses(FIRST)).toEqual([200, 429, 429, 429]);
    expect(await statuses(SECOND)).toEqual([200, 200, 200, 200]);
  });
});

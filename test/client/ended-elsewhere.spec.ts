import { describe, expect, it } from 'vitest';
import type { AuthChange } from '../../packages/client/src/index.js';
import { launch } from '../miniprogram/twin/mini-program.js';
import type { Phone } from '../miniprogram/twin/phone.js';
import { useStack } from '../support/stack.js';
import { DATA, expire, REFRESH, renewals, storedTokens, usedPhone } from './people.js';

const stack = useStack();
const ENDED = { ended_by: 'user', ended_at: '2026-11-26T10:00:00.000Z' };

/** The service answers refreshes as it does when a person has ended the session. */
function end(phone: Phone, by = ENDED): void {
  const body = JSON.stringify({ code: 'refresh_token_revoked', status: 401, ...by });
  phone.network.weatherOf = (path) => (path === REFRESH ? { status: 401, body } : 'fine');
}

async function endedPhone() {
  const phone = await usedPhone(stack);
  expire(phone);
  end(phone);
  return phone;
}

describe('a session that a person ended elsewhere', () => {
  it('logs the user out, and reports who ended the session and when', async () => {
    const phone = await endedPhone();
    const app = launch(phone);
    const changes: AuthChange[] = [];
    app.onAuthChange((change) => changes.push(change));
    const failure: unknown = await app.request(DATA).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'logged_out', body: ENDED });
    expect(app.explain(failure)).toBe('已在另一台设备上退出登录');
    expect(app.currentUser()).toBeUndefined();
    expect(changes).toEqual([
      { type: 'logged_out', reason: 'ended', endedBy: 'user', endedAt: ENDED.ended_at },
    ]);
    expect(storedTokens(phone)).toBeUndefined();
  });

  it('is remembered over a restart, and never logged in to silently', async () => {
    const phone = await endedPhone();
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out' });
    const later = launch(phone);
    await expect(later.ready()).rejects.toMatchObject({ code: 'logged_out', body: ENDED });
    expect(renewals(phone)).toEqual([0, 1]);
    await later.login();
    await expect(later.request(DATA)).resolves.toMatchObject({ status: 200 });
  });

  it('is remembered before the tokens are dropped', async () => {
    const phone = await endedPhone();
    phone.storage.failing.removals = Infinity;
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out' });
    expect(storedTokens(phone)).toBeDefined();
    await expect(launch(phone).ready()).rejects.toMatchObject({ code: 'logged_out', body: ENDED });
    expect(phone.logins).toBe(0);
  });

  it.each([
    ['operator', '登录已被管理员结束'],
    ['deletion', '账号正在注销，已退出登录'],
    ['someone new', '登录已被管理员结束'],
  ])('by «%s» has its own text', async (by, text) => {
    const phone = await usedPhone(stack);
    expire(phone);
    end(phone, { ...ENDED, ended_by: by });
    const app = launch(phone);
    expect(app.explain(await app.ready().catch((error: unknown) => error))).toBe(text);
  });

  it('of which another copy of the client learns ends there too', async () => {
    const phone = await endedPhone();
    const [one, two] = [launch(phone), launch(phone)];
    await Promise.allSettled([one.ready(), two.ready()]);
    await expect(two.ready()).rejects.toMatchObject({ code: 'logged_out', body: ENDED });
    expect(renewals(phone)).toEqual([0, 1]);
  });
});

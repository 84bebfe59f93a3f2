import { beforeEach, describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { adminCaller, APPID } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
const HOUR_MS = 3_600_000;
interface Stats {
  users: number;
  active_today: number;
  series: { at: string; logins: number; new_users: number; refusals: number }[];
  refusals: { code: string; count: number }[];
  phone_numbers: number;
  deletions_due: number;
  weixin: { circuit: string; exchange_ms?: number };
}

describe('the figures of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  let hour: number;
  /** Adds counts that are `hoursAgo` old. */
  const count = (hoursAgo: number, kind: string, number: number, code = '', appid = APPID) =>
    execute(
      stack.databaseUrl,
      `INSERT INTO hourly_counts (hour, appid, kind, code, count) VALUES (${hour - hoursAgo}, '${appid}', '${kind}', '${code}', ${number})`,
    );
  const asked = async (query = '', appids = [APPID]) => {
    const { ask } = await adminCaller(stack, { scopes: ['audit:read'], appids });
    return (await ask<Stats>(`/stats${query}`)).body;
  };

  async function begin(): Promise<void> {
    await stack.service(AuthEventsService).flush();
    await execute(stack.databaseUrl, 'DELETE FROM hourly_counts');
    hour = Math.floor(Date.now() / HOUR_MS);
  }
  beforeEach(begin);

  /** Returns a story that runs a second time if the hour has changed meanwhile. */
  const withinAnHour = (story: () => Promise<void>) => () =>
    story().catch(async (error: unknown) => {
      if (Math.floor(Date.now() / HOUR_MS) === hour) throw error;
      await begin();
      await story();
    });

  it(
    'have a point for each of 24 hours, and only counts of the mini-programs of the account',
    withinAnHour(async () => {
      await count(0, 'login', 3);
      await count(23, 'login', 2);
      await count(23, 'new_user', 1);
      await count(24, 'login', 100);
      await count(0, 'login', 50, '', OTHER_APPID);
      await count(1, 'login_refused', 4, 'login_code_used');
      await count(5, 'login_refused', 7, 'login_code_invalid');
      await count(0, 'login_refused', 1, 'app_unknown', '');
      await count(0, 'phone_bound', 6);
      const { series, refusals, phone_numbers } = await asked();
      expect(series).toHaveLength(24);
      expect(series[0]).toEqual({
        at: new Date((hour - 23) * HOUR_MS).toISOString(),
        logins: 2,
        new_users: 1,
        refusals: 0,
      });
      expect(series[23]).toMatchObject({ logins: 3, refusals: 1 });
      expect(series[22]).toMatchObject({ logins: 0, refusals: 4 });
      expect(refusals).toEqual([
        { code: 'login_code_invalid', count: 7 },
        { code: 'login_code_used', count: 4 },
        { code: 'app_unknown', count: 1 },
      ]);
      expect(phone_numbers).toBe(6);
      expect((await asked('', [APPID, OTHER_APPID])).series[23]).toMatchObject({ logins: 53 });
    }),
  );

  it(
    'have a point for each of 7 or 30 days, today included',
    withinAnHour(async () => {
      const today = hour % 24;
      await count(0, 'login', 1);
      await count(today, 'login_refused', 2, 'login_code_used');
      await count(today + 1, 'login', 4);
      await count(today + 29 * 24, 'login', 8);
      await count(today + 29 * 24 + 1, 'login', 16);
      const week = (await asked('?range=7d')).series;
      expect(week.map(({ logins }) => logins)).toEqual([0, 0, 0, 0, 0, 4, 1]);
      expect(week[6]).toMatchObject({
        at: new Date((hour - today) * HOUR_MS).toISOString(),
        refusals: 2,
      });
      const month = (await asked('?range=30d')).series;
      expect(month).toHaveLength(30);
      expect(month[0]).toMatchObject({ logins: 8 });
      for (const range of ['1h', '', 'x'])
        expect((await asked(`?range=${range}`)) as object).toMatchObject({ code: 'validation_failed' });
    }),
  );

  it(
    'count each user once, and as active on the day of a login or a refresh',
    withinAnHour(async () => {
      // Counts of all users are remembered for the mini-programs of an account.
      let unserved = 0;
      const fresh = () => asked('', [APPID, `unserved${(unserved += 1)}`]);
      const before = await fresh();
      const { user_id, refresh } = await stack.loggedIn('active');
      await stack.loggedIn('active');
      await stack.loggedIn('elsewhere', OTHER_APPID);
      const after = await fresh();
      expect([after.users - before.users, after.active_today - before.active_today]).toEqual([1, 1]);
      const yesterday = `UPDATE sessions SET last_used_day = last_used_day - 1 WHERE user_id = '${user_id}'`;
      await execute(stack.databaseUrl, yesterday);
      expect((await fresh()).active_today).toBe(before.active_today);
      expect((await stack.refresh(refresh)).status).toBe(200);
      expect((await fresh()).active_today).toBe(after.active_today);
    }),
  );

  it('count the users whose deletion is requested', async () => {
    const { user_id } = await stack.loggedIn('due');
    const { user_id: other } = await stack.loggedIn('due elsewhere', OTHER_APPID);
    await execute(
      stack.databaseUrl,
      `UPDATE users SET deletes_at = 4102444800000 WHERE id IN ('${user_id}', '${other}')`,
    );
    expect((await asked()).deletions_due).toBe(1);
    await execute(stack.databaseUrl, 'UPDATE users SET deletes_at = NULL');
  });

  it('have the state of the circuit to WeChat and the time of an exchange', async () => {
    await stack.weixinAnswers();
    const { weixin } = await asked();
    expect(weixin).toEqual({ circuit: 'closed', exchange_ms: expect.any(Number) as number });
    await stack.breakWeixin('status', { status: 500 });
    for (let login = 0; login < 10; login += 1) await stack.login({ code: await stack.code() });
    expect((await asked()).weixin.circuit).toBe('open');
    expect((await asked('', [OTHER_APPID])).weixin.circuit).toBe('closed');
    await stack.fixWeixin();
  });

  it('are answered with 304 to a client that has them, and with 200 after a change', async () => {
    const { ask } = await adminCaller(stack, { scopes: ['audit:read'] });
    await stack.service(AuthEventsService).flush();
    const { headers } = await ask('/stats');
    const etag = String(headers.get('etag'));
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = (tags: string) => ask('/stats', { headers: { 'if-none-match': tags } });
    for (const tags of [etag, `"other", ${etag.slice(2)}`]) {
      const answer = await again(tags);
      expect([answer.status, answer.headers.get('etag')]).toEqual([304, etag]);
    }
    expect((await again('"other"')).status).toBe(200);
    await count(0, 'login', 1);
    expect((await again(etag)).status).toBe(200);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

const APPID = 'wxsandbox000000001';
const HOUR_MS = 3_600_000;

describe('the counts per hour', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const flush = () => stack.service(AuthEventsService).flush();
  /** Returns the counts of all hours together: the hour may change during a test. */
  const counts = async () => {
    const found = await rows<{ appid: string; kind: string; code: string; count: number | string }>(
      stack.databaseUrl,
      `SELECT appid, kind, code, SUM(count) AS count FROM hourly_counts
        GROUP BY appid, kind, code ORDER BY appid, kind, code`,
    );
    return found.map(({ appid, kind, code, count }) => [appid, kind, code, Number(count)]);
  };
  beforeEach(async () => {
    await flush();
    await execute(stack.databaseUrl, 'DELETE FROM hourly_counts');
  });

  it('have logins, new users and refused logins by code, of the present hour', async () => {
    const before = Math.floor(Date.now() / HOUR_MS);
    for (const person of ['counted', 'counted', 'counted too']) await stack.loggedIn(person);
    await stack.login({ code: 'wrong' });
    await stack.login({ code: 'wrong', appid: 'none' });
    await flush();
    expect(await counts()).toEqual([
      ['', 'login_refused', 'app_unknown', 1],
      [APPID, 'login', '', 3],
      [APPID, 'login_refused', 'login_code_invalid', 1],
      [APPID, 'new_user', '', 2],
    ]);
    const hours = await rows<{ hour: number }>(stack.databaseUrl, 'SELECT hour FROM hourly_counts');
    for (const { hour } of hours) {
      expect(hour).toBeGreaterThanOrEqual(before);
      expect(hour).toBeLessThanOrEqual(Math.floor(Date.now() / HOUR_MS));
    }
  });

  it('have every refused login, also those without a row of the audit log', async () => {
    const events = stack.service(AuthEventsService);
    for (let login = 0; login < 500; login += 1)
      events.record({ kind: 'login_refused', appid: APPID, detail: 'login_code_used' });
    await flush();
    expect(await counts()).toEqual([[APPID, 'login_refused', 'login_code_used', 500]]);
  });

  it('are the sum of all instances, also if they write at the same time', async () => {
    const instances = Array.from({ length: 4 }, () => new AuthEventsService(stack.service(Database)));
    for (let round = 0; round < 5; round += 1) {
      for (const events of instances) {
        events.record({ kind: 'login', appid: APPID, isNewUser: true });
        events.record({ kind: 'phone_bound', appid: APPID });
        events.record({ kind: 'login_refused', detail: 'app_unknown' });
      }
      await Promise.all(instances.map((events) => events.flush()));
    }
    expect(await counts()).toEqual([
      ['', 'login_refused', 'app_unknown', 20],
      [APPID, 'login', '', 20],
      [APPID, 'new_user', '', 20],
      [APPID, 'phone_bound', '', 20],
    ]);
  });

  it('wait while the database does not answer, and are written once', async () => {
    const database = stack.service(Database);
    let isDown = true;
    const write: Database['write'] = (work) =>
      isDown ? Promise.reject(new Error('down')) : database.write(work);
    const events = new AuthEventsService({ write } as Database);
    events.record({ kind: 'login', appid: APPID });
    await events.flush();
    events.record({ kind: 'login', appid: APPID });
    expect(await counts()).toEqual([]);
    isDown = false;
    for (let flush = 0; flush < 2; flush += 1) await events.flush();
    expect(await counts()).toEqual([[APPID, 'login', '', 2]]);
  });
});

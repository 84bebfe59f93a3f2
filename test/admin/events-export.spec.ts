import { beforeAll, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { call } from '../support/http.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { adminCaller, adminUrlOf, APPID } from './admin.js';

const OTHER_APPID = 'wxsandbox000000002';
const SINCE = Date.parse('2020-01-01T00:00:00Z');
const HEADER = 'id,at,kind,user_id,session_id,appid,ip,user_agent,actor,detail';

describe('the events of the admin API', () => {
  const stack = useStack({ ADMIN_PORT: '0' });
  /** Inserts events of 2020, one each second from its beginning on. */
  const insert = async (
    count: number,
    firstSecond: number,
    members: Record<string, string | undefined> = {},
  ) => {
    const { kind = 'login', appid = APPID, user_agent = null, detail = null } = members;
    const text = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
    const values = Array.from({ length: count }, (_, index) => {
      const at = SINCE + (firstSecond + index) * 1000;
      return `('${v7({ msecs: at })}', ${at}, '${kind}', ${text(appid)}, ${text(user_agent)}, ${text(detail)})`;
    });
    for (let from = 0; from < count; from += 1000)
      await execute(
        stack.databaseUrl,
        `INSERT INTO auth_events (id, at, kind, appid, user_agent, detail) VALUES ${values.slice(from, from + 1000).join()}`,
      );
  };
  const at = (second: number) => new Date(SINCE + second * 1000).toISOString();
  const exported = async (query: string) => {
    const { token, clientId } = await adminCaller(stack, { scopes: ['audit:read'] });
    const answer = await fetch(`${adminUrlOf(stack)}/api/admin/events.csv?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    // `text()` removes the byte order mark.
    const bytes = Buffer.from(await answer.arrayBuffer()).toString();
    return { answer, bytes, clientId, lines: bytes.slice(1).split('\r\n') };
  };

  beforeAll(async () => {
    await stack.service(AuthEventsService).flush();
    await insert(5, 0);
    await insert(3, 100, { appid: OTHER_APPID });
    await insert(4, 200, { kind: 'login_refused', detail: 'login_code_used' });
  });

  it('are listed by mini-program and by time, the end excluded', async () => {
    const { ask } = await adminCaller(stack, { scopes: ['audit:read'], appids: [APPID, OTHER_APPID] });
    const times = async (query: string) => {
      const { body } = await ask<{ items: { at: string }[] }>(`/events?limit=100&to=${at(1000)}&${query}`);
      return body.items.map((event) => event.at);
    };
    expect(await times(`appid=${OTHER_APPID}`)).toEqual([at(102), at(101), at(100)]);
    expect(await times(`from=${at(4)}&kind=login`)).toEqual([at(102), at(101), at(100), at(4)]);
    const { body } = await ask<{ items: { at: string }[] }>(`/events?from=${at(1)}&to=${at(3)}`);
    expect(body.items.map((event) => event.at)).toEqual([at(2), at(1)]);
    expect(await times('from=1900-01-01T00:00:00Z&kind=login_refused')).toHaveLength(4);
    expect(await times('appid=unknown')).toEqual([]);
    const own = await adminCaller(stack, { scopes: ['audit:read'] });
    expect((await own.ask(`/events?appid=${OTHER_APPID}`)).body['items']).toEqual([]);
    for (const query of [
      'from=x',
      'from=2026-01-01',
      'to=2026-01-01T00:00',
      'to=2026-99-01T00:00:00Z',
      'appid=-',
    ])
      expect((await ask(`/events?${query}`)).body['code'], query).toBe('validation_failed');
  });

  it('are exported as CSV with the same filters, as an event with its actor', async () => {
    const { answer, bytes, lines, clientId } = await exported(
      `from=${at(0)}&to=${at(1000)}&kind=login_refused&appid=${APPID}`,
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="events.csv"');
    expect(bytes.codePointAt(0)).toBe(0xfeff);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(HEADER);
    expect(lines[1]).toMatch(
      new RegExp(`^[0-9a-f-]{36},${at(203)},login_refused,,,${APPID},,,,login_code_used$`),
    );
    expect(lines[5]).toBe('');
    const sql = `SELECT kind, appid, detail FROM auth_events WHERE actor = '${clientId}'`;
    expect(await rows(stack.databaseUrl, sql)).toEqual([
      { kind: 'events_exported', appid: APPID, detail: 'login_refused' },
    ]);
  });

  it('are exported without formulas that a spreadsheet would run, and quoted', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', 'x;=1', 'say "hi", 小明', '1=1'];
    for (const [index, text] of texts.entries())
      await insert(1, 2000 + index, { kind: 'user_disabled', user_agent: text });
    const { lines } = await exported(`from=${at(2000)}&to=${at(3000)}`);
    const cells = lines
      .slice(1, -1)
      .map((line) => line.slice(line.indexOf(`${APPID},,`) + APPID.length + 2, -2));
    expect(cells.reverse()).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t=1",
      "'＝1",
      "x;'=1",
      '"say ""hi"", 小明"',
      '1=1',
    ]);
  });

  it('are exported up to 10,000 rows, the newest', async () => {
    await insert(10_100, 10_000, { kind: 'logout' });
    const { lines } = await exported(`from=${at(10_000)}&to=${at(30_000)}&kind=logout`);
    expect(lines).toHaveLength(10_002);
    expect(lines[1]).toContain(at(20_099));
    expect(lines[10_000]).toContain(at(10_100));
    expect(new Set(lines).size).toBe(10_002);
  });

  it('are not exported for a wrong query, without the scope, or on the public address', async () => {
    expect((await exported('kind=X')).answer.status).toBe(400);
    expect((await exported('limit=1')).answer.status).toBe(400);
    const { ask } = await adminCaller(stack, { scopes: ['users:read'] });
    expect((await ask('/events.csv')).body['code']).toBe('insufficient_scope');
    expect((await call(`${stack.url}/api/admin/events.csv`)).status).toBe(404);
  });
});

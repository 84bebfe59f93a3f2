import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SqliteDataSource } from '../../libs/database/src/sqlite/sqlite.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

/** What lets the tables be spread over machines, and lets a request cost the same however many users there are. */
describe('the tables', () => {
  const stack = useStack();
  const asked = new Set<string>();

  beforeAll(async () => {
    // Of both connections: the reading and the writing one.
    const prepare = vi.spyOn(SqliteDataSource.prototype, 'prepare');
    try {
      for (const appid of [undefined, 'wxsandbox000000002']) await stack.loggedIn('zhang', appid);
      const { access, refresh } = await stack.loggedIn('zhang');
      await stack.call('/api/weixin/data/', { method: 'POST', token: access, json: { items: [] } });
      await stack.knock(access);
      await stack.refresh(refresh);
      await stack.refresh(refresh);
      for (const [sql] of prepare.mock.calls) asked.add(sql);
    } finally {
      prepare.mockRestore();
    }
  });

  it('are searched by an index in every statement of a login, a refresh and a read, and never scanned', async () => {
    const searches = [...asked].filter((sql) => /^(SELECT|UPDATE|DELETE)/.test(sql));
    expect(searches.length).toBeGreaterThanOrEqual(7);
    for (const sql of searches) {
      const plan = await rows<{ detail: string }>(
        stack.databaseUrl,
        `EXPLAIN QUERY PLAN ${sql.replaceAll('?', "'x'")}`,
      );
      const steps = plan.map(({ detail }) => detail).filter((step) => /^(SEARCH|SCAN)/.test(step));
      expect(steps, sql).not.toEqual([]);
      for (const step of steps) expect(step, sql).toMatch(/^SEARCH .* USING (COVERING )?INDEX .*=\?/);
    }
  });

  it('count nothing: ids are made by the service, and no table has a sequence', async () => {
    const tables = await rows<{ name: string; sql: string }>(
      stack.databaseUrl,
      "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN ('migrations', 'sqlite_sequence')",
    );
    expect(tables.length).toBeGreaterThanOrEqual(7);
    for (const { name, sql } of tables) expect(sql, name).not.toMatch(/AUTOINCREMENT|"?id"? integer/i);
  });
});

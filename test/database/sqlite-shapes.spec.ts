import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

interface Asked {
  readonly sql: string;
}

/** What lets the tables be spread over machines, and lets a request cost the same however many users there are. */
describe('the tables', () => {
  const stack = useStack();
  const asked = new Set<string>();

  beforeAll(async () => {
    const reader = stack.service<DataSource>(getDataSourceToken() as never);
    const { statements } = reader as unknown as { statements: { call(statement: Asked): unknown } };
    // Of the reader and of the writer, which nobody else gets hold of.
    const call = vi.spyOn(Object.getPrototypeOf(statements) as typeof statements, 'call');
    try {
      for (const appid of [undefined, 'wxsandbox000000002']) await stack.loggedIn('zhang', appid);
      const { access, refresh } = await stack.loggedIn('zhang');
      await stack.call('/api/weixin/data/', { method: 'POST', token: access, json: { items: [] } });
      await stack.knock(access);
      await stack.refresh(refresh);
      await stack.refresh(refresh);
      for (const [{ sql }] of call.mock.calls) asked.add(sql);
    } finally {
      call.mockRestore();
    }
  });

  it('are searched by an index in every statement of a login, a refresh and a read, and never walked through', async () => {
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

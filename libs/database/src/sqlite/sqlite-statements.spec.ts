import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { openSqlite, sqliteOptions } from './sqlite.js';
import type { SqliteDataSource } from './sqlite-data-source.js';

const INSERT = { sql: 'INSERT INTO people("id", "name") VALUES (?, ?)', order: ['id', 'name'] };
const CLAIM = { ...INSERT, sql: `${INSERT.sql} ON CONFLICT DO NOTHING` };
const FIND = { sql: 'SELECT id, name FROM people WHERE name = ?', order: ['name'] };
const LAST_TWO = {
  sql: 'SELECT id FROM people WHERE name <> ? ORDER BY id DESC LIMIT 2',
  order: ['name'],
};
const AGE = {
  sql: 'UPDATE people SET age = age + 1, seen = CASE WHEN ? > 0 THEN ? ELSE 0 END WHERE id = ? AND age = ?',
  order: ['now', 'now', 'person', 'age'],
  rowId: 'person',
};

describe('calls of one statement in the same moment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  let file: SqliteDataSource;
  let compiled: MockInstance;

  beforeAll(async () => {
    file = await openSqlite(sqliteOptions(`sqlite:${join(folder, 'statements.sqlite')}`));
    await file.query(
      'CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, age BIGINT DEFAULT 0, seen BIGINT)',
    );
    const { databaseConnection } = file.driver as unknown as { databaseConnection: { prepare: () => void } };
    compiled = vi.spyOn(databaseConnection, 'prepare');
  });
  beforeEach(async () => {
    await file.query('DELETE FROM people');
    compiled.mockClear();
  });
  afterAll(async () => {
    await file.destroy();
    rmSync(folder, { recursive: true });
  });

  const insert = (...ids: string[]) =>
    Promise.all(ids.map((id) => file.statements.call(INSERT, { id, name: `name of ${id}` })));
  const all = () => file.query<object[]>('SELECT id, age, seen FROM people ORDER BY id');

  it('are one statement', async () => {
    expect(await insert('a', 'b', 'c')).toEqual([1, 1, 1]);
    expect(await all()).toHaveLength(3);
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  it('give each caller its own rows', async () => {
    await insert('a', 'b');
    const found = await Promise.all(
      ['name of b', 'nobody', 'name of a', 'name of b'].map((name) => file.statements.call(FIND, { name })),
    );
    expect(found).toMatchObject([[{ id: 'b' }], [], [{ id: 'a' }], [{ id: 'b' }]]);
  });

  it('keep the order and the limit of each', async () => {
    await insert('a', 'b', 'c');
    const found = await Promise.all(
      ['name of c', 'name of a'].map((name) => file.statements.call(LAST_TWO, { name })),
    );
    expect(found).toMatchObject([
      [{ id: 'b' }, { id: 'a' }],
      [{ id: 'c' }, { id: 'b' }],
    ]);
  });

  it('tell each caller whether its row was changed', async () => {
    await insert('a', 'b', 'c');
    const calls = [
      { person: 'a', age: 0, now: 5 },
      { person: 'b', age: 7, now: 5 },
      { person: 'nobody', age: 0, now: 5 },
      { person: 'c', age: 0, now: -1 },
    ];
    expect(await Promise.all(calls.map((call) => file.statements.call(AGE, call)))).toEqual([1, 0, 0, 1]);
    expect(await all()).toEqual([
      { id: 'a', age: 1, seen: 5 },
      { id: 'b', age: 0, seen: null },
      { id: 'c', age: 1, seen: 0 },
    ]);
  });

  it('all fail where one fails, and nothing of them is done', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'a'].map((id) => file.statements.call(INSERT, { id, name: 'x' })),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(results[0]).toMatchObject({ reason: { driverError: { code: 'SQLITE_CONSTRAINT' } } });
    expect(await all()).toEqual([]);
  });

  it('run one by one where the statement decides by itself whether it inserts', async () => {
    const claims = ['a', 'a', 'b'].map((id) => file.statements.call(CLAIM, { id, name: 'x' }));
    expect(await Promise.all(claims)).toEqual([1, 0, 1]);
  });

  it('may be more than go into one', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));
    expect(await insert(...ids)).toEqual(Array(100).fill(1));
    const found = await Promise.all(ids.map((id) => file.statements.call(FIND, { name: `name of ${id}` })));
    expect(found).toMatchObject(ids.map((id) => [{ id }]));
  });

  it('say what is wrong with a statement', async () => {
    const wrong = { sql: 'SELECT no_such_column FROM people', order: [] };
    await expect(file.statements.call(wrong, {})).rejects.toThrow('no_such_column');
    // And the next caller too.
    await expect(file.statements.call(wrong, {})).rejects.toThrow();
  });

  it('do not hinder the connection from closing', async () => {
    const other = await openSqlite(sqliteOptions(`sqlite:${join(folder, 'other.sqlite')}`));
    await other.statements.call({ sql: 'SELECT 1 AS one', order: [] }, {});
    await expect(other.destroy()).resolves.toBeUndefined();
  });
});

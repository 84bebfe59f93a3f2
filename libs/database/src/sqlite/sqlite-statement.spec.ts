import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { SqliteDataSource, sqliteOptions } from './sqlite.js';
import type { SqliteStatement } from './sqlite-statement.js';

const INSERT = 'INSERT INTO people("id", "name") VALUES (?, ?)';
const UPDATE = 'UPDATE people SET age = age + 1, seen = CASE WHEN ? > 0 THEN ? ELSE 0 END WHERE "id" = ?';

describe('concurrent calls of one statement', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  let file: SqliteDataSource;
  let compiled: MockInstance;
  let inserts: SqliteStatement;
  let finds: SqliteStatement;
  let ages: SqliteStatement;

  beforeAll(async () => {
    file = await SqliteDataSource.openWriter(sqliteOptions(`sqlite:${join(folder, 'statements.sqlite')}`));
    await file.query(
      'CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, age BIGINT DEFAULT 0, seen BIGINT)',
    );
    const { databaseConnection } = file.driver as unknown as { databaseConnection: { prepare: () => void } };
    compiled = vi.spyOn(databaseConnection, 'prepare');
    inserts = file.prepare(INSERT, ['id', 'name']);
    finds = file.prepare('SELECT id, name FROM people WHERE name = ?', ['name']);
    ages = file.prepare(`${UPDATE} AND (age = ? OR age = 9)`, ['now', 'now', 'person', 'age']);
  });
  beforeEach(async () => {
    await file.query('DELETE FROM people');
    compiled.mockClear();
  });
  afterAll(async () => {
    await file.destroy();
    rmSync(folder, { recursive: true });
  });

  const changesOf = async (statement: SqliteStatement, parameters: object) =>
    (await statement.run(parameters)).length;
  const insert = (...ids: string[]) =>
    Promise.all(ids.map((id) => changesOf(inserts, { id, name: `name of ${id}` })));
  const all = () => file.query<object[]>('SELECT id, age, seen FROM people ORDER BY id');

  it('become one statement', async () => {
    expect(await insert('a', 'b', 'c')).toEqual([1, 1, 1]);
    expect(await all()).toHaveLength(3);
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  it('return to each caller its own rows', async () => {
    await insert('a', 'b');
    const found = await Promise.all(
      ['name of b', 'missing', 'name of a', 'name of b'].map((name) => finds.run({ name })),
    );
    expect(found).toMatchObject([[{ id: 'b' }], [], [{ id: 'a' }], [{ id: 'b' }]]);
  });

  it('keep the order and the limit of each', async () => {
    await insert('a', 'b', 'c');
    const lastTwo = file.prepare('SELECT id FROM people WHERE name <> ? ORDER BY id DESC LIMIT 2', ['name']);
    const found = await Promise.all(['name of c', 'name of a'].map((name) => lastTwo.run({ name })));
    expect(found).toMatchObject([
      [{ id: 'b' }, { id: 'a' }],
      [{ id: 'c' }, { id: 'b' }],
    ]);
  });

  it('report to each caller whether its row was changed', async () => {
    await insert('a', 'b', 'c');
    const calls = [
      { person: 'a', age: 0, now: 5 },
      { person: 'b', age: 7, now: 5 },
      { person: 'missing', age: 0, now: 5 },
      { person: 'c', age: 0, now: -1 },
    ];
    expect(await Promise.all(calls.map((call) => changesOf(ages, call)))).toEqual([1, 0, 0, 1]);
    expect(await all()).toEqual([
      { id: 'a', age: 1, seen: 5 },
      { id: 'b', age: 0, seen: null },
      { id: 'c', age: 1, seen: 0 },
    ]);
  });

  it('all fail if one fails, and none of them is done', async () => {
    const results = await Promise.allSettled(['a', 'b', 'a'].map((id) => inserts.run({ id, name: 'x' })));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(results[0]).toMatchObject({ reason: { driverError: { code: 'SQLITE_CONSTRAINT' } } });
    expect(await all()).toEqual([]);
  });

  it('run one by one if the statement may insert nothing', async () => {
    const claim = file.prepare(`${INSERT} ON CONFLICT DO NOTHING`, ['id', 'name']);
    const claims = ['a', 'a', 'b'].map((id) => changesOf(claim, { id, name: 'x' }));
    expect(await Promise.all(claims)).toEqual([1, 0, 1]);
  });

  it.each(['OR', 'or'])(
    'run one by one if an UPDATE may change more than the row of its id: %s',
    async (or) => {
      await insert('a', 'b');
      const update = file.prepare(`${UPDATE} ${or} age = ?`, ['now', 'now', 'person', 'age']);
      const calls = ['a', 'b'].map((person) => changesOf(update, { person, age: 0, now: 5 }));
      expect(await Promise.all(calls)).toEqual([2, 1]);
    },
  );

  it('may be more than one statement can hold', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));
    expect(await insert(...ids)).toEqual(Array(100).fill(1));
    const found = await Promise.all(ids.map((id) => finds.run({ name: `name of ${id}` })));
    expect(found).toMatchObject(ids.map((id) => [{ id }]));
  });

  it('fail with the message of SQLite if the statement is wrong', async () => {
    const wrong = file.prepare('SELECT no_such_column FROM people', []);
    await expect(wrong.run({})).rejects.toThrow('no_such_column');
    // The next call too.
    await expect(wrong.run({})).rejects.toThrow('no_such_column');
  });

  it('leave nothing that keeps the connection from closing', async () => {
    const other = await SqliteDataSource.openWriter(sqliteOptions(`sqlite:${join(folder, 'other.sqlite')}`));
    await other.prepare('SELECT 1 AS one', []).run({});
    await expect(other.destroy()).resolves.toBeUndefined();
  });
});

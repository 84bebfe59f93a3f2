import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import { BUSY_TIMEOUT_MS, SqliteDataSource, sqliteOptions } from './sqlite.js';
import { SqliteWriteQueue } from './sqlite-write-queue.js';

describe('SqliteWriteQueue', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  const options = sqliteOptions(`sqlite:${join(folder, 'queue.sqlite')}`);
  let writer: SqliteDataSource;
  let reader: SqliteDataSource;
  let queue: SqliteWriteQueue;

  beforeAll(async () => {
    writer = await SqliteDataSource.openWriter(options);
    reader = await SqliteDataSource.openReader(options);
    queue = new SqliteWriteQueue(writer);
    await queue.write((manager) => manager.query('CREATE TABLE numbers (n INTEGER PRIMARY KEY)'));
  });
  beforeEach(() => queue.write((manager) => manager.query('DELETE FROM numbers')));
  afterAll(async () => {
    await reader.destroy();
    await writer.destroy();
    rmSync(folder, { recursive: true });
  });

  const insert = (n: number) => (manager: EntityManager) =>
    manager.query('INSERT INTO numbers VALUES (?)', [n]);
  const stored = async () => (await reader.query<{ n: number }[]>('SELECT n FROM numbers')).map(({ n }) => n);

  it('runs fifty concurrent writes one after the other', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        queue.write(async (manager) => {
          const [{ max }] = await manager.query<[{ max: number }]>(
            'SELECT coalesce(max(n), 0) AS max FROM numbers',
          );
          await insert(max + 1)(manager);
        }),
      ),
    );
    expect(await stored()).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('runs writes of one lock key one after the other, and of different lock keys concurrently', async () => {
    const seen: string[] = [];
    const step = (lockKey: string) =>
      queue.write(async (manager) => {
        seen.push(`${lockKey} begins`);
        await manager.query('SELECT 1');
        await manager.query('SELECT 1');
        seen.push(`${lockKey} ends`);
      }, lockKey);
    await Promise.all([step('a'), step('b'), step('a'), step('a')]);
    expect(seen.filter((line) => line.startsWith('a'))).toEqual(Array(3).fill(['a begins', 'a ends']).flat());
    expect(seen.indexOf('b begins')).toBeLessThan(seen.indexOf('a ends'));
  });

  it('loses no count when fifty writes of one lock key read before they write', async () => {
    await queue.write(insert(1));
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        queue.write(
          async (manager) => {
            const [{ max }] = await manager.query<[{ max: number }]>('SELECT max(n) AS max FROM numbers');
            await insert(max + 1)(manager);
          },
          index % 5 === 0 ? undefined : 'counter',
        ),
      ),
    );
    expect(await stored()).toHaveLength(51);
  });

  it('rolls back a group if one of its writes fails, and then runs each write again on its own', async () => {
    const results = await Promise.allSettled(
      [1, 2, 2, 3].map((n, index) => queue.write(insert(n), `lockKey ${index}`)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it('rolls back all of a write that fails, and nothing of its neighbours', async () => {
    const results = await Promise.allSettled([
      queue.write(insert(1)),
      queue.write(async (manager) => {
        await insert(2)(manager);
        throw new Error('the caller changed its mind');
      }),
      queue.write(insert(3)),
      queue.write(async (manager) => {
        await insert(4)(manager);
        await insert(1)(manager);
      }),
      queue.write(insert(5)),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await stored()).toEqual([1, 3, 5]);
  });

  it('commits nothing of a write whose caller was refused at the deadline', async () => {
    const slow = queue.write(async (manager) => {
      await insert(1)(manager);
      await new Promise((resolve) => setTimeout(resolve, 5000));
    });
    const behind = queue.write(insert(3));
    await Promise.all(
      [slow, behind].map((write) => expect(write).rejects.toMatchObject({ code: 'database_unavailable' })),
    );
    // Of a database that hangs, refused writes must not fill the memory.
    expect(queue['waiting']).toEqual([]);
    await queue.write(insert(2));
    expect(await stored()).toEqual([2]);
  });

  it('shows readers committed rows only', async () => {
    await queue.write(async (manager) => {
      await insert(1)(manager);
      expect(await stored()).toEqual([]);
    });
    expect(await stored()).toEqual([1]);
  });

  it('keeps a nested transaction inside the one of the write', async () => {
    await expect(
      queue.write(async (manager) => {
        await manager.transaction((inner) => insert(1)(inner));
        throw new Error('after the inner transaction');
      }),
    ).rejects.toThrow('after the inner transaction');
    expect(await stored()).toEqual([]);
  });

  it('empties the log between two transactions, and lets writes go on when another process reads', async () => {
    const log = () => statSync(join(folder, 'queue.sqlite-wal')).size;
    expect([await queue.emptyLog(), log()]).toEqual([true, 0]);
    await queue.write(insert(1));
    await reader.query('BEGIN');
    await stored();
    const started = Date.now();
    const [, emptied] = await Promise.all([
      queue.write(insert(2), 'a'),
      queue.emptyLog(),
      queue.write(insert(3), 'b'),
    ]);
    expect([emptied, log() > 0]).toEqual([false, true]);
    // Not as long as a statement waits for the lock of another process.
    expect(Date.now() - started).toBeLessThan(BUSY_TIMEOUT_MS / 2);
    await reader.query('COMMIT');
    expect([await queue.emptyLog(), log(), await stored()]).toEqual([true, 0, [1, 2, 3]]);
  });
});

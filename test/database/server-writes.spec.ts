import { setTimeout as sleep } from 'node:timers/promises';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { beforeEach, describe, expect, it } from 'vitest';
import { Database, forUpdate, insertRow, awaitAll } from '../../libs/database/src/index.js';
import { Problem } from '../../libs/problem/src/index.js';
import { UserDocument } from '../../libs/user-data/src/user-document.entity.js';
import { lock } from '../support/lock.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

describe('a write on a database server', () => {
  const stack = useStack({ DATABASE_POOL_SIZE: '5' });
  beforeEach(() => execute(stack.databaseUrl, 'DELETE FROM user_documents'));

  const write = <T>(work: (manager: EntityManager) => Promise<T>) => stack.service(Database).write(work);
  const reader = () => stack.service<DataSource>(getDataSourceToken() as never);
  const insert = (manager: EntityManager, userId: string) =>
    insertRow(manager, UserDocument, { userId, version: 0, body: '{}', updatedAt: 0 });
  const stored = async () =>
    (
      await rows<{ user_id: string }>(
        stack.databaseUrl,
        'SELECT user_id FROM user_documents ORDER BY user_id',
      )
    ).map((row) => row.user_id);

  it('runs again if another write inserted the key first, and reads its row', async () => {
    let runs = 0;
    const lookers: (() => void)[] = [];
    const made = await times(20, () =>
      write(async (manager) => {
        runs += 1;
        if (await manager.existsBy(UserDocument, { userId: 'first' })) return false;
        // The first waits for a second one that has seen nothing either.
        await new Promise<void>((resolve) => {
          lookers.push(resolve);
          if (lookers.length > 1) for (const look of lookers) look();
        });
        await insert(manager, 'first');
        return true;
      }),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(runs).toBeGreaterThan(20);
    expect(await stored()).toEqual(['first']);
  });

  it('loses no count when fifty of them lock the row they read', async () => {
    await write((manager) => insert(manager, 'counter'));
    await times(50, () =>
      write(async (manager) => {
        const query = manager.createQueryBuilder(UserDocument, 'document').where({ userId: 'counter' });
        const { version } = await forUpdate(query).getOneOrFail();
        await manager.update(UserDocument, { userId: 'counter' }, { version: version + 1 });
      }),
    );
    expect(await rows(stack.databaseUrl, 'SELECT version FROM user_documents')).toEqual([{ version: 50 }]);
  });

  it('is rolled back when its function throws, and throws the same error', async () => {
    const refusal = new Problem('user_disabled');
    const failing = write(async (manager) => {
      await insert(manager, 'a');
      throw refusal;
    });
    await expect(failing).rejects.toBe(refusal);
    expect(await stored()).toEqual([]);
  });

  it('sends nothing after a statement that failed, so that nothing is written outside the transaction', async () => {
    const failing = write((manager) =>
      awaitAll([manager.query('SELECT no_such_column'), insert(manager, 'behind')]),
    );
    await expect(failing).rejects.toBeInstanceOf(QueryFailedError);
    expect(await stored()).toEqual([]);
  });

  it('shows readers committed rows only', async () => {
    await write(async (manager) => {
      await insert(manager, 'a');
      expect(await stored()).toEqual([]);
      expect(await reader().manager.count(UserDocument)).toBe(0);
    });
    expect(await stored()).toEqual(['a']);
  });

  it('includes a nested transaction', async () => {
    const failing = write(async (manager) => {
      await manager.transaction((inner) => insert(inner, 'inner'));
      throw new Error('after the inner transaction');
    });
    await expect(failing).rejects.toThrow('after the inner transaction');
    expect(await stored()).toEqual([]);
  });

  it('that waits for a row or for a connection too long is database_unavailable, and is not done later', async () => {
    await write((manager) => insert(manager, 'held'));
    const unlock = await lock(stack.databaseUrl, 'user_documents');
    const stopwatch = startStopwatch();
    // More than the pool has connections: some wait for the row, the others for a connection.
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        write((manager) => manager.update(UserDocument, { userId: 'held' }, { version: 1 })),
      ),
    );
    expect(stopwatch()).toBeLessThan(5000);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'database_unavailable' } });
    await unlock();
    await sleep(200);
    expect(await rows(stack.databaseUrl, 'SELECT version FROM user_documents')).toEqual([{ version: 0 }]);
    expect((await stack.loggedIn()).is_new_user, 'and the pool is whole again').toBe(true);
  });
});

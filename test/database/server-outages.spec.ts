import { setTimeout as sleep } from 'node:timers/promises';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';
import { Database, insertRow, Prepared, awaitAll } from '../../libs/database/src/index.js';
import { UserDocument } from '../../libs/user-data/src/user-document.entity.js';
import { databaseKind } from '../support/database.js';
import { rows } from '../support/rows.js';
import { SERVERS } from '../support/servers.js';
import { useStack } from '../support/stack.js';

const UNAVAILABLE = { code: 'database_unavailable', options: { retryAfterSeconds: 5 } };
const isPostgres = databaseKind === 'postgres';

/** SQLSTATEs of PostgreSQL, and numbers and SQLSTATEs of MySQL and MariaDB, of a server that is lost or not ready. */
const LOST = isPostgres
  ? '08000 08003 08006 08P01 25006 25P03 25P04 28000 28P01 3D000 40003 53000 53100 53200 53300 53400 55000 55P03 57000 57014 57P01 57P02 57P03 57P05 58000 58030'
  : '1021/HY000 1026/HY000 1030/HY000 1037/HY001 1040/08004 1041/HY000 1042/08S01 1043/08S01 1044/42000 1045/28000 1047/08S01 ' +
    '1049/42000 1053/08S01 1114/HY000 1129/HY000 1130/HY000 1135/HY000 1152/08S01 1158/08S01 1161/08S01 1180/HY000 1184/08S01 ' +
    '1203/42000 1205/HY000 1226/42000 1290/HY000 1317/70100 1792/25006 1836/HY000 1927/70100 1969/70100 2006/HY000 2013/HY000 ' +
    '3024/HY000 3032/HY000 3100/HY000 3101/40000 3168/HY000 3169/HY000 4031/HY000';
/** The same of a statement that is wrong. */
const OURS = isPostgres
  ? '22001 22P02 23502 23514 42601 42703 42P01 42501 P0001 XX000'
  : '1048/23000 1054/42S22 1064/42000 1146/42S02 1264/22003 1364/HY000 1406/22001 1644/45000 4025/23000';

describe('a database server that is lost or not ready', () => {
  const stack = useStack({ RATE_LIMIT_LOGIN_PER_MINUTE: '0', RATE_LIMIT_REFRESH_PER_MINUTE: '0' });
  const write = <T>(work: (manager: EntityManager) => Promise<T>) => stack.service(Database).write(work);
  const reader = () => stack.service<DataSource>(getDataSourceToken() as never);
  const name = () => new URL(stack.databaseUrl).pathname.slice(1);

  /** A statement that the engine itself answers with this error. */
  const raise = (error: string) => {
    if (isPostgres) return `DO $$ BEGIN RAISE 'raised' USING ERRCODE = '${error}'; END $$`;
    const [number, state] = error.split('/');
    return `SIGNAL SQLSTATE '${String(state)}' SET MYSQL_ERRNO = ${String(number)}, MESSAGE_TEXT = 'raised'`;
  };
  // An administrator, connected to another database.
  const server = String(SERVERS[`TEST_${databaseKind.toUpperCase()}_URL`]);
  const admin = new DataSource(dataSourceOptions({ DATABASE_URL: server, DATABASE_POOL_SIZE: 1 }));
  beforeAll(() => admin.initialize());
  afterAll(() => admin.destroy());

  /** Ends the connection that a write uses. */
  const endConnectionOf = async (manager: EntityManager) => {
    const [mine] = await manager.query<{ id: number }[]>(
      isPostgres ? 'SELECT pg_backend_pid() AS id' : 'SELECT CONNECTION_ID() AS id',
    );
    const id = Number(mine?.id);
    await admin.query(isPostgres ? `SELECT pg_terminate_backend(${id})` : `KILL ${id}`);
    await sleep(100);
  };
  /** Ends every connection to this database. */
  const endAll = async () => {
    const found = await admin.query<{ id: number }[]>(
      isPostgres
        ? `SELECT pg_terminate_backend(pid) AS id FROM pg_stat_activity WHERE datname = '${name()}'`
        : `SELECT id FROM information_schema.processlist WHERE db = '${name()}'`,
    );
    // One that has ended meanwhile cannot be ended.
    if (!isPostgres) for (const { id } of found) await admin.query(`KILL ${id}`).catch(() => undefined);
  };

  it.each(LOST.split(' '))(
    'is database_unavailable when it answers %s, to a read and to a write',
    async (error) => {
      await expect(reader().query(raise(error))).rejects.toMatchObject(UNAVAILABLE);
      await expect(write((manager) => manager.query(raise(error)))).rejects.toMatchObject(UNAVAILABLE);
    },
  );

  it.each(OURS.split(' '))('is not the reason of %s, which is a fault of the service', async (error) => {
    await expect(reader().query(raise(error))).rejects.not.toMatchObject(UNAVAILABLE);
    await expect(write((manager) => manager.query(raise(error)))).rejects.not.toMatchObject(UNAVAILABLE);
  });

  const COUNT = new Prepared((manager, where: { userId: string }) =>
    manager.createQueryBuilder(UserDocument, 'd').select('COUNT(*)', 'n').where('d.userId = :userId', where),
  );
  const TOUCH = new Prepared((manager, where: { userId: string; version: number }) =>
    manager
      .createQueryBuilder()
      .update(UserDocument)
      .set({ version: where.version })
      .where({ userId: where.userId }),
  );
  const row = { userId: 'lost', version: 0, body: '{}', updatedAt: 0 };
  const STATEMENTS: Record<string, (manager: EntityManager) => Promise<unknown>> = {
    'query()': (manager) => manager.query('SELECT 1'),
    'find()': (manager) => manager.find(UserDocument),
    'findOne() with a lock': (manager) =>
      manager.findOne(UserDocument, { where: { userId: 'lost' }, lock: { mode: 'pessimistic_write' } }),
    'existsBy()': (manager) => manager.existsBy(UserDocument, { userId: 'lost' }),
    'update()': (manager) => manager.update(UserDocument, { userId: 'lost' }, { version: 1 }),
    'delete()': (manager) => manager.delete(UserDocument, { userId: 'lost' }),
    'save()': (manager) => manager.save(UserDocument, row),
    'insertRow()': (manager) => insertRow(manager, UserDocument, row),
    'a nested transaction': (manager) => manager.transaction((inner) => inner.query('SELECT 1')),
    'a prepared read': (manager) => COUNT.rows(manager, { userId: 'lost' }),
    'a prepared change': (manager) => TOUCH.change(manager, { userId: 'lost', version: 1 }),
    'statements side by side': (manager) =>
      awaitAll([manager.query('SELECT 1'), COUNT.rows(manager, { userId: 'lost' })]),
    'the commit': () => Promise.resolve(),
  };
  it.each(Object.keys(STATEMENTS))(
    'is database_unavailable when a connection is lost before %s',
    async (next) => {
      const lost = write(async (manager) => {
        await insertRow(manager, UserDocument, { ...row, userId: `before ${next}` });
        await endConnectionOf(manager);
        await STATEMENTS[next]?.(manager);
      });
      await expect(lost).rejects.toMatchObject(UNAVAILABLE);
      expect(await rows(stack.databaseUrl, 'SELECT user_id FROM user_documents')).toEqual([]);
      expect((await stack.loggedIn()).is_new_user).toBeDefined();
    },
  );

  it('does not hide an error that the service throws after the connection was lost', async () => {
    const fault = new TypeError('a fault');
    const lost = write(async (manager) => {
      await endConnectionOf(manager);
      throw fault;
    });
    await expect(lost).rejects.toBe(fault);
  });

  it('answers 200 or 503 to every call while all connections are closed repeatedly', async () => {
    const answers: [number, unknown, string | null][] = [];
    let going = true;
    const tokens = await Promise.all(
      Array.from({ length: 8 }, (_, client) => stack.loggedIn(`client ${client}`)),
    );
    const clients = tokens.map(async ({ access, refresh }, client) => {
      while (going) {
        const login = await stack.login({ code: await stack.code(`client ${client}`) });
        const refreshed = await stack.refresh(refresh);
        if (refreshed.status === 200) ({ access, refresh } = refreshed.body);
        const read = await stack.call('/api/weixin/data/', { token: access });
        const written = await stack.call('/api/weixin/data/', { token: access, json: { client } });
        for (const { status, body, headers } of [login, refreshed, read, written])
          answers.push([status, (body as { code?: unknown }).code, headers.get('retry-after')]);
      }
    });
    for (let round = 0; round < 40; round += 1) {
      await endAll();
      await sleep(25);
    }
    going = false;
    await Promise.all(clients);
    const others = answers.filter(([status]) => status !== 200);
    expect(others.length).toBeGreaterThan(10);
    expect(answers.length - others.length).toBeGreaterThan(10);
    for (const answer of others) expect(answer).toEqual([503, 'database_unavailable', '5']);
  });

  it.runIf(isPostgres)('answers 503 to writes while it is read-only, and goes on with reads', async () => {
    const { access } = await stack.loggedIn();
    await admin.query(`ALTER DATABASE ${name()} SET default_transaction_read_only = on`);
    await endAll();
    await sleep(100);
    try {
      const refused = await stack.call('/api/weixin/data/', { token: access, json: {} });
      expect([refused.status, refused.body['code']]).toEqual([503, 'database_unavailable']);
      expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    } finally {
      await admin.query(`ALTER DATABASE ${name()} RESET default_transaction_read_only`);
      await endAll();
    }
  });

  it.runIf(isPostgres)(
    'answers 503 while it accepts no connections, and works again without a restart',
    async () => {
      const { access } = await stack.loggedIn();
      await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
      await endAll();
      await sleep(100);
      expect(await stack.knock(access)).toEqual([503, 'database_unavailable']);
      await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
      await expect.poll(() => stack.knock(access), { timeout: 5000 }).toEqual([200, 'Authenticated.']);
    },
  );
});

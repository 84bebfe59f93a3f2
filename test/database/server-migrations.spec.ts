import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';
import { migrate } from '../../libs/database/src/server/migrate.js';
import { POSTGRES } from '../../libs/database/src/server/postgres.js';
import { ServerDataSource } from '../../libs/database/src/server/server-data-source.js';
import { Daemon, isMissing } from '../proxies/daemon.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { freePort, Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

const start = (databaseUrl: string, folder: string) =>
  new Program('dist/apps/api/src/main.js', { PORT: '0', SECRET_KEY, DATABASE_URL: databaseUrl }, folder);

/** The lock that an instance holds while it migrates. */
const LOCK = {
  postgres: 'SELECT pg_advisory_lock(1795219200)',
  mysql: "SELECT GET_LOCK(CONCAT('weapp-passport ', MD5(DATABASE())), 0)",
}[databaseKind as 'postgres' | 'mysql'];

describe('an instance that starts while another one migrates', () => {
  const folder = useFolder();
  const databaseUrl = useDatabase();

  it('logs that it waits, starts when the other one is done, and takes no lock if nothing is pending', async () => {
    const other = new DataSource(dataSourceOptions({ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: 1 }));
    await other.initialize();
    const holder = other.createQueryRunner();
    await holder.query(LOCK);

    const waiting = start(databaseUrl, folder);
    await waiting.prints('another instance migrates the database');
    expect(waiting.output).not.toContain('listening');
    await holder.release();
    await other.destroy();
    await waiting.prints('listening');

    const again = new DataSource(dataSourceOptions({ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: 1 }));
    await again.initialize();
    await again.query(LOCK);
    const migrated = start(databaseUrl, folder);
    await migrated.prints('listening');
    expect(migrated.output).not.toContain('another instance migrates');
    await again.destroy();
    expect(await Promise.all([waiting.stop(), migrated.stop()])).toEqual([0, 0]);
  });
});

/** Takes longer than the server lets a transaction be idle. */
class Long1700000000000 {
  readonly up = (runner: QueryRunner) => runner.query('SELECT pg_sleep(3)') as Promise<void>;
  readonly down = () => Promise.resolve();
}

describe.skipIf(databaseKind !== 'postgres')('a server that ends idle transactions', () => {
  const databaseUrl = useDatabase();

  it('does not take the lock from an instance whose migration takes longer', async () => {
    const url = new URL(databaseUrl);
    url.searchParams.set('options', '-c idle_in_transaction_session_timeout=2000');
    const options = dataSourceOptions({ DATABASE_URL: url.href, DATABASE_POOL_SIZE: 1 });
    await migrate(new ServerDataSource({ ...options, migrations: [Long1700000000000] }, POSTGRES));
    expect(await rows(databaseUrl, 'SELECT name FROM migrations')).toEqual([{ name: 'Long1700000000000' }]);
  });
});

describe.skipIf(databaseKind !== 'postgres' || isMissing('pgbouncer'))(
  'behind PgBouncer with pool_mode = transaction',
  () => {
    const folder = useFolder();
    const stack = useStack();
    const empty = useDatabase();
    let daemon: Daemon;
    let poolerPort = '';
    const throughPooler = (url: string) => Object.assign(new URL(url), { port: poolerPort }).href;

    beforeAll(async () => {
      poolerPort = String(await freePort());
      const { hostname, port, username } = new URL(empty);
      const file = join(folder, 'pgbouncer.ini');
      const ini = `[databases]
        * = host=${hostname} port=${port || '5432'} user=${username}
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = ${poolerPort}
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = 5`;
      writeFileSync(file, ini.replace(/^ +/gm, ''));
      // PgBouncer does not run as root, and the user that it changes to reads the file.
      chmodSync(folder, 0o755);
      const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
      daemon = await Daemon.start('pgbouncer', [...user, file], folder, Number(poolerPort));
    });
    afterAll(() => daemon.stop());

    it('two instances start together on an empty database, of which one migrates', async () => {
      const programs = [1, 2].map(() => start(throughPooler(empty), folder));
      await Promise.all(programs.map((program) => program.prints('listening')));
      const done = await rows(empty, 'SELECT name FROM migrations');
      expect(new Set(done.map(({ name }) => name)).size).toBe(done.length);
      expect(await Promise.all(programs.map((program) => program.stop()))).toEqual([0, 0]);
    });

    it('twenty users at once log in, write, refresh and log out', async () => {
      const env = { ...stack.env, DATABASE_URL: throughPooler(stack.databaseUrl) };
      const instance = await Instance.start(env);
      const post = async (path: string, json: unknown, token?: string) => {
        const answer = await call(instance.url + path, { json, ...(token && { token }) });
        expect(answer.status).toBe(200);
        return answer.body as { access: string; refresh: string };
      };
      const live = async (number: number) => {
        const { access, refresh } = await post('/api/weixin/login/', {
          code: await stack.code(`p${number}`),
        });
        await post('/api/weixin/data/', { items: [number] }, access);
        const next = await post('/api/token/refresh/', { refresh });
        const { body } = await call(`${instance.url}/api/weixin/data/`, { token: next.access });
        await post('/api/token/blacklist/', { refresh: next.refresh });
        return [body['items'], await stack.knock(next.access, instance.url)];
      };
      const numbers = Array.from({ length: 20 }, (_, index) => index);
      expect(await Promise.all(numbers.map(live))).toEqual(
        numbers.map((number) => [[number], [401, 'token_revoked']]),
      );
      expect(await instance.stop()).toBe(0);
    });
  },
);

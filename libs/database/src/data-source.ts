import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Config } from '@app/config';
import { type Dialect, dialectOf, dialectOfUrl } from './dialect.js';
import { MYSQL } from './server/mysql.js';
import { POSTGRES } from './server/postgres.js';
import type { Server } from './server/server.js';
import { ServerDataSource } from './server/server-data-source.js';
import { SqliteDataSource, sqliteOptions } from './sqlite/sqlite.js';
import { unusable } from './unusable.js';

const SERVERS: Readonly<Record<Exclude<Dialect, 'sqlite'>, Server>> = { postgres: POSTGRES, mysql: MYSQL };

/** Returns the TypeORM options for the database of `DATABASE_URL`. */
export function dataSourceOptions({
  DATABASE_URL,
  DATABASE_POOL_SIZE,
  SQLITE_SYNCHRONOUS,
}: Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL_SIZE'> &
  Partial<Pick<Config, 'SQLITE_SYNCHRONOUS'>>): DataSourceOptions {
  const dialect = dialectOfUrl(DATABASE_URL);
  return dialect === 'sqlite'
    ? sqliteOptions(DATABASE_URL, SQLITE_SYNCHRONOUS)
    : SERVERS[dialect].options(DATABASE_URL, DATABASE_POOL_SIZE);
}

/** Creates the data source for reads. It is open on SQLite; on a server, {@link Database} opens it. */
export async function createReader(options?: DataSourceOptions): Promise<DataSource> {
  if (!options) throw new TypeError('no options to open a database with');
  const dialect = dialectOf({ options });
  if (dialect !== 'sqlite') return new ServerDataSource(options, SERVERS[dialect]);
  return SqliteDataSource.openReader(options).catch((error: unknown) => {
    throw unusable(error);
  });
}

import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Config } from '@app/config';
import { type Dialect, dialectOf, dialectOfUrl } from './dialect.js';
import { MYSQL } from './server/mysql.js';
import { POSTGRES } from './server/postgres.js';
import type { Server } from './server/server.js';
import { ServerDataSource } from './server/server-data-source.js';
import { openSqliteReader, sqliteOptions } from './sqlite/sqlite.js';

const SERVERS: Readonly<Record<Exclude<Dialect, 'sqlite'>, Server>> = { postgres: POSTGRES, mysql: MYSQL };

/** How TypeORM opens the database of `DATABASE_URL`. */
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

/** The reading side: open on SQLite, opened by {@link Database} on a server. */
export async function createReader(options?: DataSourceOptions): Promise<DataSource> {
  if (!options) throw new TypeError('no options to open a database with');
  const dialect = dialectOf({ options });
  return dialect === 'sqlite' ? openSqliteReader(options) : new ServerDataSource(options, SERVERS[dialect]);
}

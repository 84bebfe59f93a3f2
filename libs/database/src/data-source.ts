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
  databaseUrl,
  databasePoolSize,
  sqliteSynchronous,
}: Pick<Config, 'databaseUrl' | 'databasePoolSize'> &
  Partial<Pick<Config, 'sqliteSynchronous'>>): DataSourceOptions {
  const dialect = dialectOfUrl(databaseUrl);
  return dialect === 'sqlite'
    ? sqliteOptions(databaseUrl, sqliteSynchronous)
    : SERVERS[dialect].options(databaseUrl, databasePoolSize);
}

/** The reading side: open on SQLite, opened by {@link Database} on a server. */
export async function createReader(options?: DataSourceOptions): Promise<DataSource> {
  if (!options) throw new TypeError('no options to open a database with');
  const dialect = dialectOf({ options });
  return dialect === 'sqlite' ? openSqliteReader(options) : new ServerDataSource(options, SERVERS[dialect]);
}

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Cleanup } from './cleanup.js';

/** The databases that can be measured. */
export const DATABASE_KINDS = ['sqlite', 'postgres', 'mysql'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** A database and its `DATABASE_URL`. */
export interface Database {
  kind: DatabaseKind;
  url: string;
}

/** Runs one statement and returns its rows. */
export type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** The address of an existing database on each server, from the variables of the tests. */
const SERVERS = {
  postgres: ['TEST_POSTGRES_URL', 'postgres://postgres@127.0.0.1:5432/test'],
  mysql: ['TEST_MYSQL_URL', 'mysql://root@127.0.0.1:3306/test'],
} as const;

/**
 * Creates an empty database, which the cleanup drops: on SQLite a file in the folder `home`.
 * @throws {Error} if the server does not answer or refuses
 */
export async function createDatabase(kind: DatabaseKind, home: string, cleanup: Cleanup): Promise<Database> {
  if (kind === 'sqlite') return { kind, url: `sqlite:${join(home, 'bench.sqlite')}` };
  const [variable, standard] = SERVERS[kind];
  const server = process.env[variable] ?? standard;
  const name = `weapp_passport_bench_${randomBytes(6).toString('hex')}`;
  const created = withConnection(server, (query) => query(`CREATE DATABASE ${name}`));
  cleanup.defer(async () => {
    const drop = `DROP DATABASE ${name}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`;
    if (await created.catch(() => false)) await withConnection(server, (query) => query(drop));
  });
  await created.catch((error: unknown) => {
    throw new Error(`${variable}: no database can be created there: ${String(error)}`);
  });
  return { kind, url: Object.assign(new URL(server), { pathname: name }).href };
}

/** Runs a task with one connection to a database. */
export async function withConnection<T>(url: string, task: (query: Query) => Promise<T>): Promise<T> {
  const type = url.startsWith('sqlite:') ? 'sqlite' : url.startsWith('postgres') ? 'postgres' : 'mysql';
  const address = type === 'sqlite' ? { database: url.slice('sqlite:'.length) } : { url };
  const dataSource = await new DataSource({ type, ...address } as DataSourceOptions).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    return await task((sql) => runner.query(sql) as ReturnType<Query>);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

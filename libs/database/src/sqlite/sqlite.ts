import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { DataSourceOptions } from 'typeorm';
import type { Config } from '@app/config';
import { SqliteDataSource } from './sqlite-data-source.js';

/** A second process may hold the file: wait this long for it. */
export const BUSY_TIMEOUT_MS = 4000;

/** Of each connection, in KiB: holds the inner pages of the indexes of a million users, so that a look-up reads one page. */
const CACHE_KIB = 16 * 1024;

/** TypeORM asks for `verbose()`, which captures a stack trace for every statement; this hands it the plain driver. */
const driver = { ...sqlite3, verbose: () => driver };

/** What TypeORM hands through and does not use itself. */
interface Extra {
  readonly synchronous: Config['SQLITE_SYNCHRONOUS'];
}

/**
 * How TypeORM opens the database of a `sqlite:` URL.
 * @param synchronous of the connection that writes
 */
export function sqliteOptions(
  url: string,
  synchronous: Config['SQLITE_SYNCHRONOUS'] = 'normal',
): DataSourceOptions {
  return {
    type: 'sqlite',
    driver,
    database: sqlitePath(url),
    enableWAL: true,
    busyTimeout: BUSY_TIMEOUT_MS,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: { synchronous } satisfies Extra,
  };
}

/** Opens a connection that sees committed rows only and refuses to write, so nobody can write around the queue. */
export async function openSqliteReader(options: DataSourceOptions): Promise<SqliteDataSource> {
  const reader = await openSqlite(options);
  await reader.query('PRAGMA query_only = ON');
  return reader;
}

/** Opens the one connection that writes. */
export async function openSqlite(options: DataSourceOptions): Promise<SqliteDataSource> {
  const dataSource = await initialize(options);
  // In WAL mode NORMAL loses nothing when the process dies, and at most the last commits when the machine does.
  const { synchronous } = options.extra as Extra;
  await dataSource.query(`PRAGMA synchronous = ${synchronous}`);
  await dataSource.query(`PRAGMA cache_size = -${CACHE_KIB}`);
  return dataSource;
}

async function initialize(options: DataSourceOptions): Promise<SqliteDataSource> {
  try {
    return await new SqliteDataSource(options).initialize();
  } catch (error) {
    throw new Error(`The database of DATABASE_URL does not open: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function sqlitePath(url: string): string {
  const path = url.slice('sqlite:'.length);
  return path === ':memory:' ? throwAwayFile() : path;
}

/** Two connections must share it, and SQLite's own in-memory databases make readers fail while one writes. */
function throwAwayFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'memory.sqlite');
}

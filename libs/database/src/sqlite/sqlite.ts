import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '@app/config';
import { SqliteStatement } from './sqlite-statement.js';

/** How long a statement waits for the lock of another process. */
export const BUSY_TIMEOUT_MS = 4000;

/** The page cache of each connection. It holds the inner pages of the indexes of a million users, so a look-up reads one page. */
const CACHE_KIB = 16 * 1024;

/** The driver without its verbose mode, which TypeORM turns on and which captures a stack trace for every statement. */
const driver = { ...sqlite3, verbose: () => driver };

/** Returns the TypeORM options for a `sqlite:` URL. */
export function sqliteOptions(
  url: string,
  synchronous: Config['SQLITE_SYNCHRONOUS'] = 'normal',
): DataSourceOptions {
  const path = url.slice('sqlite:'.length);
  return {
    type: 'sqlite',
    driver,
    database: path === ':memory:' ? temporaryFile() : path,
    enableWAL: true,
    busyTimeout: BUSY_TIMEOUT_MS,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: { synchronous },
  };
}

/** Returns a file that is removed at exit. In SQLite's own in-memory databases, reads fail during a write. */
function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'memory.sqlite');
}

/** A connection to a SQLite file. */
export class SqliteDataSource extends DataSource {
  private readonly statements: SqliteStatement[] = [];

  /** Opens the only connection for writes. */
  static async openWriter(options: DataSourceOptions): Promise<SqliteDataSource> {
    const dataSource = await new SqliteDataSource(options).initialize();
    const { synchronous } = options.extra as { synchronous: string };
    await dataSource.query(`PRAGMA synchronous = ${synchronous}`);
    await dataSource.query(`PRAGMA cache_size = -${CACHE_KIB}`);
    // Overwrites deleted rows with zeros. See docs/adr/0022-erased-is-overwritten.md for the cost.
    await dataSource.query('PRAGMA secure_delete = ON');
    return dataSource;
  }

  /** Opens a connection that reads committed rows only and refuses writes. */
  static async openReader(options: DataSourceOptions): Promise<SqliteDataSource> {
    const dataSource = await SqliteDataSource.openWriter(options);
    await dataSource.query('PRAGMA query_only = ON');
    return dataSource;
  }

  /**
   * Returns a statement that is compiled once, until the connection closes.
   * @param order the name of the parameter of each `?`
   */
  prepare(sql: string, order: readonly string[]): SqliteStatement {
    const { databaseConnection } = this.driver as unknown as { databaseConnection: sqlite3.Database };
    const statement = new SqliteStatement(databaseConnection, sql, order);
    this.statements.push(statement);
    return statement;
  }

  override async destroy(): Promise<void> {
    for (const statement of this.statements) await statement.finalize();
    await super.destroy();
  }
}

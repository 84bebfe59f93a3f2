import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions, type EntityManager, MigrationExecutor } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { readClock } from './database-clock.js';
import { dialectOf, dialectOfUrl } from './dialect.js';
import type { Tables } from './database-feature.js';
import { sqliteOptions } from './sqlite/sqlite.js';

/** Which migrations a database and this version of the service do not share. */
export interface MigrationGap {
  /** How many the next start will run. */
  readonly pending: number;
  /** How many only another, newer version of the service knows. */
  readonly unknown: number;
}

/** A database as it is, for those who only look at it: nothing is made, migrated or written. */
export class ExistingDatabase {
  private constructor(private readonly dataSource: DataSource) {}

  /**
   * @returns undefined where there is none yet and the first start can make it
   * @throws {Error} of the driver or the file system, where it does not open or cannot be made
   */
  static async open(url: string, tables: Tables): Promise<ExistingDatabase | undefined> {
    if (dialectOfUrl(url) === 'sqlite') return ExistingDatabase.openFile(url, tables);
    const options = dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
    const dataSource = new DataSource({ ...options, ...tables });
    return new ExistingDatabase(await dataSource.initialize());
  }

  private static async openFile(url: string, tables: Tables): Promise<ExistingDatabase | undefined> {
    // It begins with every process.
    if (url === 'sqlite::memory:') return undefined;
    const options = sqliteOptions(url);
    const path = String(options.database);
    if (!existsSync(path)) {
      accessSync(existingFolder(path), constants.W_OK | constants.X_OK);
      return undefined;
    }
    // Without OPEN_CREATE; and WAL would be written into the file.
    const asItIs = { enableWAL: false, flags: sqlite3.OPEN_READWRITE | sqlite3.OPEN_FULLMUTEX };
    const dataSource = new DataSource({ ...options, ...asItIs, ...tables } as DataSourceOptions);
    await dataSource.initialize();
    await dataSource.query('PRAGMA query_only = ON');
    return new ExistingDatabase(dataSource);
  }

  /** Reads, and refuses to write. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * How far the clock of this machine is ahead of the database's, in milliseconds; negative if it is behind.
   * @throws {Error} of the driver, if the database cannot be read
   */
  async clockSkewMs(): Promise<number> {
    const { databaseMs, at } = await readClock(this.dataSource);
    return Date.now() - (databaseMs + performance.now() - at);
  }

  /** @throws {Error} of the driver, where the database cannot be read */
  async migrationGap(): Promise<MigrationGap> {
    const known = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    const executed = await new MigrationExecutor(this.dataSource).getExecutedMigrations();
    const names = executed.map(({ name }) => name);
    return {
      pending: known.filter((name) => !names.includes(name)).length,
      unknown: names.filter((name) => !known.includes(name)).length,
    };
  }

  /**
   * Takes the lock of a write as the service does, and gives it back.
   * @throws {Error} of the driver: locked by another process for too long, or not to be written at all
   */
  async tryToWrite(): Promise<void> {
    if (dialectOf(this.dataSource) !== 'sqlite') {
      // Changes no row, and a server that is read-only refuses it all the same. Before the first start there is nothing to change.
      const { pending } = await this.migrationGap();
      if (pending < this.dataSource.migrations.length)
        await this.dataSource.query('UPDATE migrations SET name = name WHERE id = 0');
      return;
    }
    // It would refuse the lock too.
    await this.dataSource.query('PRAGMA query_only = OFF');
    await this.dataSource.query('BEGIN IMMEDIATE');
    await this.dataSource.query('ROLLBACK');
    await this.dataSource.query('PRAGMA query_only = ON');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }
}

/** The nearest folder above a path that there is. */
function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === dirname(folder) ? folder : existingFolder(folder);
}

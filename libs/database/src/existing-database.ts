import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { readClock } from './database-clock.js';
import { dialectOf, dialectOfUrl } from './dialect.js';
import type { Tables } from './database-feature.js';
import { hasOtherConnections } from './other-connections.js';
import { sqliteOptions } from './sqlite/sqlite.js';

/** The difference between the migrations of a database and those of this version of the service. */
export interface MigrationGap {
  /** The number of migrations that the next start runs. */
  readonly pending: number;
  /** The number of migrations that only a newer version of the service has. */
  readonly unknown: number;
}

/** Opens a database. Creates and migrates nothing, and writes nothing before {@link takeOver}. */
export class ExistingDatabase {
  private constructor(private readonly dataSource: DataSource) {}

  /**
   * Opens the database.
   * @param flags of a SQLite file: with `OPEN_READONLY` not even the write-ahead log is moved into it, and {@link tryToWrite} fails
   * @returns undefined if it does not exist yet and the first start can create it
   * @throws {Error} of the driver or the file system if it cannot be opened or created
   */
  static async open(
    url: string,
    tables: Tables,
    flags = sqlite3.OPEN_READWRITE,
  ): Promise<ExistingDatabase | undefined> {
    if (dialectOfUrl(url) === 'sqlite') return ExistingDatabase.openFile(url, tables, flags);
    const options = dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
    const dataSource = new DataSource({ ...options, ...tables });
    return new ExistingDatabase(await dataSource.initialize());
  }

  private static async openFile(
    url: string,
    tables: Tables,
    flags: number,
  ): Promise<ExistingDatabase | undefined> {
    // Each process has its own, which is empty at start.
    if (url === 'sqlite::memory:') return undefined;
    const options = sqliteOptions(url);
    const path = String(options.database);
    if (!existsSync(path)) {
      accessSync(existingFolder(path), constants.W_OK | constants.X_OK);
      return undefined;
    }
    // Without OPEN_CREATE, so no file is created. Without WAL mode, which SQLite would write into the file.
    const asItIs = { enableWAL: false, flags: flags | sqlite3.OPEN_FULLMUTEX };
    const dataSource = new DataSource({ ...options, ...asItIs, ...tables } as DataSourceOptions);
    await dataSource.initialize();
    await dataSource.query('PRAGMA query_only = ON');
    return new ExistingDatabase(dataSource);
  }

  /** The manager for reads. The connection of SQLite refuses writes. */
  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Returns how far the clock of this machine is ahead of the database's, in milliseconds; negative if it is behind.
   * @throws {Error} of the driver, if the database cannot be read
   */
  async clockSkewMs(): Promise<number> {
    const { databaseMs, at } = await readClock(this.dataSource);
    return Date.now() - (databaseMs + performance.now() - at);
  }

  /**
   * Compares the migrations of the database with those of this version.
   * @throws {Error} of the driver if the database cannot be read
   */
  async migrationGap(): Promise<MigrationGap> {
    const known = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    const names = await this.executedMigrations();
    return {
      pending: known.filter((name) => !names.includes(name)).length,
      unknown: names.filter((name) => !known.includes(name)).length,
    };
  }

  /** MigrationExecutor would create the table of migrations. */
  private async executedMigrations(): Promise<string[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      if (!(await runner.hasTable('migrations'))) return [];
      const executed = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
      return executed.map(({ name }) => name);
    } finally {
      await runner.release();
    }
  }

  /**
   * Returns whether a service is connected to the database. On SQLite returns false: only {@link takeOver} notices it there.
   * @throws {Error} of the driver
   */
  isConnectedElsewhere(): Promise<boolean> {
    return hasOtherConnections(this.dataSource);
  }

  /**
   * Allows writes. On SQLite no other process can open the file from now on.
   * @returns false if a service uses the database
   * @throws {Error} of the driver
   */
  async takeOver(): Promise<boolean> {
    if (dialectOf(this.dataSource) !== 'sqlite') return !(await this.isConnectedElsewhere());
    try {
      await this.dataSource.query('PRAGMA query_only = OFF');
      await this.dataSource.query('PRAGMA locking_mode = EXCLUSIVE');
      // Fails while any other connection is open. The next start of the service turns WAL on again.
      await this.dataSource.query('PRAGMA journal_mode = DELETE');
      await this.dataSource.query('BEGIN EXCLUSIVE');
      await this.dataSource.query('COMMIT');
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
      throw error;
    }
  }

  /**
   * Acquires the write lock as the service does, and releases it.
   * @throws {Error} of the driver if another process holds the lock for too long, or if the database is read-only
   */
  async tryToWrite(): Promise<void> {
    if (dialectOf(this.dataSource) !== 'sqlite') {
      // Changes no row, but a read-only server refuses the statement. Before the first start there is no such table.
      const { pending } = await this.migrationGap();
      if (pending < this.dataSource.migrations.length)
        await this.dataSource.query('UPDATE migrations SET name = name WHERE id = 0');
      return;
    }
    // With query_only, SQLite would refuse the lock.
    await this.dataSource.query('PRAGMA query_only = OFF');
    await this.dataSource.query('BEGIN IMMEDIATE');
    await this.dataSource.query('ROLLBACK');
    await this.dataSource.query('PRAGMA query_only = ON');
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
  }
}

/** Returns the nearest existing folder above a path. */
function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === dirname(folder) ? folder : existingFolder(folder);
}

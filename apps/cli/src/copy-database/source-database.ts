import sqlite3 from 'sqlite3';
import type { QueryRunner } from 'typeorm';
import { errorCode } from '@app/common';
import { type Dialect, dialectOf, ExistingDatabase, type Tables } from '@app/database';
import { CliError } from '../program/cli-error.js';
import { COPY_ERRORS } from './copy-errors.js';

/** Begins a transaction in which all statements see the same rows. */
const SNAPSHOT: Readonly<Record<Dialect, readonly string[]>> = {
  sqlite: ['BEGIN'],
  postgres: ['BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'],
  mysql: [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  ],
};

/** The database that is copied, opened for reading only. */
export class SourceDatabase {
  private constructor(
    private readonly database: ExistingDatabase,
    /** Reads the rows of one moment. */
    readonly runner: QueryRunner,
    private readonly version: unknown,
  ) {}

  /**
   * @param name what messages call it
   * @throws {CliError} for a database that is missing, or not of this version of the service
   */
  static async open(url: string, tables: Tables, name: string): Promise<SourceDatabase> {
    const database = await ExistingDatabase.open(url, tables, sqlite3.OPEN_READONLY).catch(
      (error: unknown) => {
        throw new CliError(COPY_ERRORS.unusable, { database: name, reason: errorCode(error) });
      },
    );
    if (!database) throw new CliError(COPY_ERRORS.sourceMissing, { database: name });
    try {
      await assertCurrent(database, tables, name);
      const runner = database.manager.connection.createQueryRunner();
      const version = await dataVersion(runner);
      for (const sql of SNAPSHOT[dialectOf(runner.connection)]) await runner.query(sql);
      // The first statement of a transaction determines what the others see.
      await runner.query('SELECT 1 FROM migrations LIMIT 1');
      return new SourceDatabase(database, runner, version);
    } catch (error) {
      await database.close();
      if (error instanceof CliError) throw error;
      throw new CliError(COPY_ERRORS.unusable, { database: name, reason: errorCode(error) });
    }
  }

  /**
   * Ends the reading.
   * @returns whether a service is connected to it; on SQLite, whether it was written meanwhile
   */
  async isInUse(): Promise<boolean> {
    await this.runner.query('COMMIT');
    const version = await dataVersion(this.runner);
    await this.runner.release();
    return version !== this.version || (await this.database.isConnectedElsewhere());
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

async function assertCurrent(
  database: ExistingDatabase,
  { migrations }: Tables,
  name: string,
): Promise<void> {
  const { pending, unknown } = await database.migrationGap();
  if (unknown > 0) throw new CliError(COPY_ERRORS.newer, { database: name });
  if (pending === migrations.length) throw new CliError(COPY_ERRORS.sourceForeign, { database: name });
  if (pending > 0) throw new CliError(COPY_ERRORS.sourceOlder, { database: name });
}

/** Returns a number that differs once another connection has written a SQLite file. */
async function dataVersion(runner: QueryRunner): Promise<unknown> {
  if (dialectOf(runner.connection) !== 'sqlite') return undefined;
  const [row] = (await runner.query('PRAGMA data_version')) as { data_version: number }[];
  return row?.data_version;
}

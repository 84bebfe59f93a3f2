import type { QueryRunner } from 'typeorm';
import { errorCode } from '@app/common';
import { ExistingDatabase, migrateDatabase, type Tables } from '@app/database';
import { CliError } from '../program/cli-error.js';
import { copiedTables } from './copied-tables.js';
import { COPY_ERRORS } from './copy-errors.js';
import { CopyProgress } from './copy-progress.js';

/** The rows that a start of the service makes by itself. The copy replaces them. */
const MADE_AT_START = ['signing_keys', 'weixin_access_tokens'];

/** The database that a copy is made in. */
export class TargetDatabase {
  private constructor(
    private readonly database: ExistingDatabase,
    readonly runner: QueryRunner,
    readonly progress: CopyProgress,
    /** Whether an earlier command has begun the copy. */
    readonly isResumed: boolean,
  ) {}

  /**
   * Creates the tables. On SQLite no service can use the file until {@link close}.
   * @param name what messages call it
   * @param source identifies the source, so that only a copy of the same one continues
   * @throws {CliError} for a database that a service uses, or that has rows of another origin; then it is as it was
   */
  static async open(url: string, tables: Tables, name: string, source: string): Promise<TargetDatabase> {
    try {
      const before = await openUnused(url, tables, name);
      if (before) {
        try {
          const { unknown } = await before.migrationGap();
          if (unknown > 0) throw new CliError(COPY_ERRORS.newer, { database: name });
          const runner = before.manager.connection.createQueryRunner();
          if (!(await findOwn(runner, name, source))) await assertEmpty(runner, name);
          await runner.release();
        } finally {
          await before.close();
        }
      }
      await migrateDatabase(url, tables);
      const database = await openUnused(url, tables, name);
      if (!database) throw new CliError(COPY_ERRORS.unusable, { database: name, reason: 'ENOENT' });
      return await TargetDatabase.begin(database, name, source);
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(COPY_ERRORS.unusable, { database: name, reason: errorCode(error) });
    }
  }

  private static async begin(
    database: ExistingDatabase,
    name: string,
    source: string,
  ): Promise<TargetDatabase> {
    try {
      const runner = database.manager.connection.createQueryRunner();
      const found = await findOwn(runner, name, source);
      if (found) return new TargetDatabase(database, runner, found, true);
      // Again: a service may have used it between the migration and now.
      await assertEmpty(runner, name);
      // Before the progress: a command that goes on deletes nothing.
      for (const { path, name: table } of copiedTables(runner.connection))
        if (MADE_AT_START.includes(table)) await runner.query(`DELETE FROM ${path}`);
      const progress = await CopyProgress.begin(runner, source);
      return new TargetDatabase(database, runner, progress, false);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.runner.release();
    await this.database.close();
  }
}

/** Opens a database for writes. @returns undefined if there is no file yet */
async function openUnused(url: string, tables: Tables, name: string): Promise<ExistingDatabase | undefined> {
  const database = await ExistingDatabase.open(url, tables);
  if (!database) return undefined;
  const isUnused = await database.takeOver().catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  if (isUnused) return database;
  await database.close();
  throw new CliError(COPY_ERRORS.targetInUse, { database: name });
}

/** Returns the progress of an unfinished copy of the same source. */
async function findOwn(runner: QueryRunner, name: string, source: string): Promise<CopyProgress | undefined> {
  const progress = await CopyProgress.find(runner);
  if (progress && progress.source !== source)
    throw new CliError(COPY_ERRORS.targetOfOtherSource, { database: name, source: progress.source });
  return progress;
}

async function assertEmpty(runner: QueryRunner, name: string): Promise<void> {
  const full: string[] = [];
  for (const { path, name: table } of copiedTables(runner.connection)) {
    if (MADE_AT_START.includes(table) || !(await runner.hasTable(table))) continue;
    const rows = (await runner.query(`SELECT 1 FROM ${path} LIMIT 1`)) as unknown[];
    if (rows.length > 0) full.push(table);
  }
  if (full.length > 0)
    throw new CliError(COPY_ERRORS.targetNotEmpty, { database: name, tables: full.join(', ') });
}

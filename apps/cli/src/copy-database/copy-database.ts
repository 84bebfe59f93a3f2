import type { QueryRunner } from 'typeorm';
import { errorCode } from '@app/common';
import type { Tables } from '@app/database';
import { CliError } from '../program/cli-error.js';
import { type CopiedTable, copiedTables } from './copied-tables.js';
import { COPY_ERRORS } from './copy-errors.js';
import type { CopyProgress } from './copy-progress.js';
import { insertRows } from './insert-rows.js';
import { keyOf, readRows } from './read-rows.js';
import { copySequence } from './sequences.js';
import { SourceDatabase } from './source-database.js';
import { digestOf, type TableDigest } from './table-digest.js';
import { TargetDatabase } from './target-database.js';

/** One of the two databases. */
export interface NamedDatabase {
  /** As `DATABASE_URL` has it. */
  readonly url: string;
  /** Without user and password, for messages; identifies a source. */
  readonly name: string;
}

/** How far a copy is. */
export interface Progress {
  readonly step: 'copy' | 'compare';
  readonly table: string;
  /** Rows of the table in the target. */
  readonly rows: number;
  /** Rows of the table in the source. */
  readonly of: number;
}

/** What was copied. Both databases have these contents. */
export interface CopyReport {
  readonly tables: readonly ({ readonly table: string } & TableDigest)[];
  /** Whether an earlier command has begun the copy. */
  readonly isResumed: boolean;
  /** Whether a service used the source meanwhile: what it wrote since is missing in the copy. */
  readonly isSourceInUse: boolean;
}

interface TablePair {
  readonly from: CopiedTable;
  readonly to: CopiedTable;
  /** Rows in the source. */
  readonly rows: number;
}

/**
 * Copies all tables of the entities into an empty database, and compares both. Writes nothing to the source. After an
 * interruption the next call continues.
 * @throws {CliError} of {@link COPY_ERRORS}
 */
export async function copyDatabase(
  from: NamedDatabase,
  to: NamedDatabase,
  tables: Tables,
  report: (progress: Progress) => void,
): Promise<CopyReport> {
  const source = await SourceDatabase.open(from.url, tables, from.name);
  try {
    const target = await TargetDatabase.open(to.url, tables, to.name, from.name);
    try {
      const pairs = await pairsOf(source.runner, target.runner);
      for (const pair of pairs) await copyTable(source.runner, target, pair, report);
      const digests = await compare(source.runner, target.runner, pairs, report);
      await target.progress.end();
      return {
        tables: digests,
        isResumed: target.isResumed,
        isSourceInUse: await source.isInUse(),
      };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function pairsOf(source: QueryRunner, target: QueryRunner): Promise<TablePair[]> {
  const others = copiedTables(target.connection);
  const pairs: TablePair[] = [];
  for (const from of copiedTables(source.connection)) {
    const to = others.find(({ name }) => name === from.name);
    if (!to) throw new TypeError(`the target has no entity of the table ${from.name}`);
    pairs.push({ from, to, rows: await countOf(source, from) });
  }
  return pairs;
}

async function copyTable(
  source: QueryRunner,
  { runner, progress }: { runner: QueryRunner; progress: CopyProgress },
  { from, to, rows: of }: TablePair,
  report: (progress: Progress) => void,
): Promise<void> {
  const { name: table } = from;
  try {
    const after = progress.lastKey(table);
    let rows = after ? await countOf(runner, to) : 0;
    report({ step: 'copy', table, rows, of });
    for await (const batch of readRows(source, from, after)) {
      const last = batch.at(-1) ?? [];
      await runner.startTransaction();
      try {
        await insertRows(runner, to, batch);
        await progress.save(table, keyOf(from, last));
        await runner.commitTransaction();
      } catch (error) {
        // If the connection is lost, the server rolls the transaction back.
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
      rows += batch.length;
      report({ step: 'copy', table, rows, of });
    }
    await copySequence(source, runner, from, to);
  } catch (error) {
    throw new CliError(COPY_ERRORS.stopped, { table, reason: errorCode(error) });
  }
}

async function compare(
  source: QueryRunner,
  target: QueryRunner,
  pairs: readonly TablePair[],
  report: (progress: Progress) => void,
): Promise<CopyReport['tables']> {
  const digests: CopyReport['tables'][number][] = [];
  const different: string[] = [];
  for (const { from, to, rows: of } of pairs) {
    const { name: table } = from;
    try {
      const [expected, found] = await Promise.all([
        digestOf(source, from),
        digestOf(target, to, (rows) => {
          report({ step: 'compare', table, rows, of });
        }),
      ]);
      digests.push({ table, ...found });
      if (found.rows !== expected.rows || found.sha256 !== expected.sha256) different.push(table);
    } catch (error) {
      throw new CliError(COPY_ERRORS.stopped, { table, reason: errorCode(error) });
    }
  }
  if (different.length > 0) throw new CliError(COPY_ERRORS.different, { tables: different.join(', ') });
  return digests;
}

async function countOf(runner: QueryRunner, { path }: CopiedTable): Promise<number> {
  const [row] = (await runner.query(`SELECT COUNT(*) AS n FROM ${path}`)) as { n: number | string }[];
  return Number(row?.n);
}

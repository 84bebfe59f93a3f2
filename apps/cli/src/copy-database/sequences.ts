import type { QueryRunner } from 'typeorm';
import { type Dialect, dialectOf } from '@app/database';
import type { CopiedTable } from './copied-tables.js';

/** The counter that numbers the rows of a table. */
interface Sequence {
  /** Returns the last number that it gave to a row. */
  last(runner: QueryRunner, table: CopiedTable, column: string): Promise<bigint>;
  set(runner: QueryRunner, table: CopiedTable, column: string, last: bigint): Promise<void>;
}

const SEQUENCES: Readonly<Record<Dialect, Sequence>> = {
  postgres: {
    last: (runner, { path }, column) =>
      numberOf(
        runner,
        `SELECT CAST(last_value AS text) AS n FROM pg_sequences
          WHERE format('%I.%I', schemaname, sequencename)::regclass = pg_get_serial_sequence($1, $2)::regclass`,
        [path, column],
      ),
    set: async (runner, { path }, column, last) => {
      // A sequence that gave no number yet has its first value, and was not called.
      const parameters = [path, column, String(last || 1n), last > 0n];
      await runner.query('SELECT setval(pg_get_serial_sequence($1, $2), $3, $4)', parameters);
    },
  },
  mysql: {
    // Of information_schema, MySQL answers what was true a day ago.
    last: async (runner, { path }) => {
      const [row] = (await runner.query(`SHOW CREATE TABLE ${path}`)) as { 'Create Table': string }[];
      const [, next = '1'] = /\bAUTO_INCREMENT=(\d+)/.exec(row?.['Create Table'] ?? '') ?? [];
      return BigInt(next) - 1n;
    },
    set: async (runner, { path }, _, last) => {
      await runner.query(`ALTER TABLE ${path} AUTO_INCREMENT = ${last + 1n}`);
    },
  },
  sqlite: {
    last: (runner, { name }) =>
      numberOf(runner, 'SELECT CAST(seq AS TEXT) AS n FROM sqlite_sequence WHERE name = ?', [name]),
    set: async (runner, { name }, _, last) => {
      await runner.query('DELETE FROM sqlite_sequence WHERE name = ?', [name]);
      await runner.query('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', [name, String(last)]);
    },
  },
};

/** Makes the target number its next row as the source would: the number of a deleted row is not given again. */
export async function copySequence(
  source: QueryRunner,
  target: QueryRunner,
  from: CopiedTable,
  to: CopiedTable,
): Promise<void> {
  const column = from.columns.find(({ isNumbered }) => isNumbered)?.metadata.databaseName;
  if (column === undefined) return;
  const last = await SEQUENCES[dialectOf(source.connection)].last(source, from, column);
  await SEQUENCES[dialectOf(target.connection)].set(target, to, column, last);
}

async function numberOf(runner: QueryRunner, sql: string, parameters: unknown[]): Promise<bigint> {
  const [row] = (await runner.query(sql, parameters)) as { n: string | null }[];
  return BigInt(row?.n ?? 0);
}

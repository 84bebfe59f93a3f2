import type { DataSource, QueryRunner } from 'typeorm';
import { type CopiedTable, placeholder } from './copied-tables.js';

/** The values of a row in the order of the columns, the same in every database. */
export type Row = readonly unknown[];

/** Rows of one statement: few enough for the memory if each has a document of 64 KiB. */
const BATCH = 500;

/**
 * Yields the rows of a table in batches, in the order of the primary key of this database.
 * @param after values of the primary key; begins with the row after it
 */
export async function* readRows(runner: QueryRunner, table: CopiedTable, after?: Row): AsyncGenerator<Row[]> {
  const columns = table.columns.map(({ selected }) => selected).join(', ');
  // Qualified: in ORDER BY, a bare name would be the text that the statement selects.
  const order = table.keys.map(({ name }) => `${table.path}.${name}`).join(', ');
  for (let key = after; ;) {
    const where = key ? `WHERE ${afterKey(runner.connection, table)}` : '';
    const found = (await runner.query(
      `SELECT ${columns} FROM ${table.path} ${where} ORDER BY ${order} LIMIT ${BATCH}`,
      key && afterParameters(key),
    )) as Record<string, unknown>[];
    const rows = found.map((row) =>
      table.columns.map((column) => column.read(row[column.metadata.databaseName])),
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    key = keyOf(table, last);
  }
}

/** Returns the values of the primary key of a row. */
export const keyOf = ({ columns, keys }: CopiedTable, row: Row): Row =>
  keys.map((key) => row[columns.indexOf(key)]);

/** Returns the condition for the rows after a key: `a >= 1 AND (a > 1 OR (a = 1 AND b > 2))`. Its first part uses the index. */
function afterKey(dataSource: DataSource, { keys }: CopiedTable): string {
  let index = 0;
  const next = () => placeholder(dataSource, (index += 1));
  const names = keys.map(({ name }) => name);
  const start = `${names[0] ?? ''} >= ${next()}`;
  const later = names.map((name, position) => {
    const equal = names.slice(0, position).map((before) => `${before} = ${next()}`);
    return `(${[...equal, `${name} > ${next()}`].join(' AND ')})`;
  });
  return `${start} AND (${later.join(' OR ')})`;
}

/** Returns the parameters of {@link afterKey}. */
const afterParameters = (key: Row): unknown[] => [
  key[0],
  ...key.flatMap((_, position) => key.slice(0, position + 1)),
];

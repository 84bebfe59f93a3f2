import type { QueryRunner } from 'typeorm';
import { type CopiedTable, placeholder } from './copied-tables.js';
import type { Row } from './read-rows.js';

/** The databases allow 32,766 parameters in a statement, and 1 MiB at least. */
const MAX_PARAMETERS = 10_000;
const MAX_BYTES = 256 * 1024;

/** Inserts rows as they are: an id that the database would generate has the value of the row. */
export async function insertRows(
  runner: QueryRunner,
  table: CopiedTable,
  rows: readonly Row[],
): Promise<void> {
  const stored = table.columns.filter(({ isComputed }) => !isComputed);
  const indexes = stored.map((column) => table.columns.indexOf(column));
  // PostgreSQL refuses values for a column GENERATED ALWAYS AS IDENTITY otherwise.
  const isIdentity = stored.some(({ metadata }) => metadata.generatedIdentity === 'ALWAYS');
  const names = stored.map(({ name }) => name).join(', ');
  const insert = `INSERT INTO ${table.path} (${names})${isIdentity ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES`;
  const values = rows.map((row) =>
    stored.map((column, position) => column.written(row[indexes[position] ?? -1])),
  );
  for (const chunk of chunksOf(values)) {
    let index = 0;
    const next = () => placeholder(runner.connection, (index += 1));
    const tuples = chunk.map((row) => `(${row.map(next).join(', ')})`);
    await runner.query(`${insert} ${tuples.join(', ')}`, chunk.flat());
  }
}

/** Yields the rows in chunks of one statement each. */
function* chunksOf(rows: readonly Row[]): Generator<Row[]> {
  let chunk: Row[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = row.reduce<number>((sum, value) => sum + bytesOf(value), 0);
    const isFull = bytes + size > MAX_BYTES || (chunk.length + 1) * row.length > MAX_PARAMETERS;
    if (isFull && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(row);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

const bytesOf = (value: unknown) =>
  typeof value === 'string' || Buffer.isBuffer(value) ? Buffer.byteLength(value) : 8;

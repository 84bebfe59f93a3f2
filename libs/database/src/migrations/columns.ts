import { type QueryRunner, Table, TableColumn, type TableColumnOptions, type TableOptions } from 'typeorm';
import { dialectOf } from '../dialect.js';

// Column types for migrations, portable to SQLite, PostgreSQL and MySQL.

/** A UUID that the service generates. */
export const id = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '36' });

/** The primary key of a table: a UUID that the service generates. */
export const primaryId = (name = 'id'): TableColumnOptions => ({ ...id(name), isPrimary: true });

/** Text of at most `length` characters. */
export const text = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
});

/** A count that only grows. */
export const counter = (name: string): TableColumnOptions => ({ name, type: 'integer' });

/** Epoch milliseconds. */
export const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });

/** Returns the column as nullable. */
export const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

/** JSON of up to a few hundred kilobytes. */
export const document = (name: string): TableColumnOptions => ({ name, type: 'text' });

/** A case-sensitive collation for MySQL. With its default collation, two openids that differ only in case would be equal. */
const MYSQL_TEXT = { charset: 'utf8mb4', collation: 'utf8mb4_bin' };

/** Returns the column for the database of `runner`. */
export function columnFor(runner: QueryRunner, column: TableColumnOptions): TableColumn {
  if (dialectOf(runner.connection) !== 'mysql') return new TableColumn(column);
  if (column.type === 'varchar') return new TableColumn({ ...column, ...MYSQL_TEXT });
  // A TEXT column of MySQL stores at most 64 KiB.
  if (column.type === 'text') return new TableColumn({ ...column, ...MYSQL_TEXT, type: 'mediumtext' });
  return new TableColumn(column);
}

/** Returns the table for the database of `runner`. */
export function tableFor(runner: QueryRunner, { columns = [], ...table }: TableOptions): Table {
  return new Table({ ...table, columns: columns.map((column) => columnFor(runner, column)) });
}

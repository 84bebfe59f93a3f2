import type { TableColumnOptions } from 'typeorm';

// The column types of every table: portable to SQLite, PostgreSQL and MySQL.

/** A UUID made by the service. */
export const id = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '36' });

/** The primary key of a table: a UUID made by the service. */
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

/** The same column, but it may be empty. */
export const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

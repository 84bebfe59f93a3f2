import type { EntityManager } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';

const NOW: Readonly<Record<Dialect, string>> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  // The statement's: now() is the time the transaction began, and clock_timestamp(), which changes as rows are read, makes
  // PostgreSQL read the whole table where an index would do.
  postgres: 'CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)',
  // The session's time zone is UTC: elsewhere an hour of autumn comes twice.
  mysql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
};

/**
 * SQL for the present in epoch milliseconds by the database's own clock, the one clock that all instances share.
 * What instances compare with each other is written and read by it.
 * @param manager the one that runs the statement: each database has words of its own for it
 */
export const databaseNow = ({ connection }: Pick<EntityManager, 'connection'>): string =>
  NOW[dialectOf(connection)];

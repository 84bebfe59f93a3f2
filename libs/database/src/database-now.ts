import type { EntityManager } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';

const NOW: Readonly<Record<Dialect, string>> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  // The time of the statement; that of now() would be the beginning of the transaction.
  postgres: 'CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)',
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

import type { EntityManager } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';

const NOW: Readonly<Record<Dialect, string>> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  // The time of the statement. now() is the start of the transaction. clock_timestamp() changes while rows are read, so
  // PostgreSQL could not use an index.
  postgres: 'CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)',
  // The session's time zone is UTC. In zones with daylight saving time, one hour in autumn occurs twice.
  mysql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
};

/**
 * Returns SQL for the current time of the database's clock in epoch milliseconds. Use it for all times that instances
 * compare with each other.
 * @param manager runs the statement; its connection determines the SQL dialect
 */
export const databaseNow = ({ connection }: Pick<EntityManager, 'connection'>): string =>
  NOW[dialectOf(connection)];

import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';

/** Counts the connections of services, without the caller's own. MySQL does not name the programs of its connections. */
const COUNT: Readonly<Record<Exclude<Dialect, 'sqlite'>, string>> = {
  postgres: `SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database()
    AND application_name = 'weapp-passport' AND pid <> pg_backend_pid()`,
  mysql: `SELECT COUNT(*) AS n FROM information_schema.processlist
    WHERE db = DATABASE() AND id <> CONNECTION_ID()`,
};

/** A server counts a connection for a moment after its client has closed it. */
const PATIENCE_MS = 2000;
const TRY_EVERY_MS = 100;

/**
 * Returns whether a service is connected to the database of a server. On MySQL that is any connection that the user may see.
 * @param dataSource with one connection, which is not in use
 */
export async function hasOtherConnections(dataSource: DataSource): Promise<boolean> {
  const dialect = dialectOf(dataSource);
  if (dialect === 'sqlite') return false;
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    const [row] = await dataSource.query<{ n: number | string }[]>(COUNT[dialect]);
    if (Number(row?.n) === 0) return false;
    if (waitedMs >= PATIENCE_MS) return true;
    await sleep(TRY_EVERY_MS);
  }
}

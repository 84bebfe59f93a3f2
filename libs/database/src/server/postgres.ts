import type { EventEmitter } from 'node:events';
import { CONNECT_WITHIN_MS, type Server } from './server.js';

/** Any number, the same for all instances. Advisory locks belong to one database, not to the whole server. */
const SCHEMA_LOCK = 1795219200;

/**
 * Lets the process outlive a connection that is ended in the moment it is opened: pg-pool has taken its own listener off by
 * then, TypeORM has not added one yet, and an error event without a listener ends the process. Statements fail anyway.
 */
function outliveErrors(client: EventEmitter): void {
  client.on('error', () => undefined);
}

/** PostgreSQL, and what speaks its wire protocol. */
export const POSTGRES: Server = {
  options: (url, connections) => ({
    type: 'postgres',
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    poolSize: connections,
    connectTimeoutMS: CONNECT_WITHIN_MS,
    applicationName: 'weapp-passport',
    // Times are epoch milliseconds, which a number holds exactly.
    parseInt8: true,
    // The driver reads the URL itself: sslmode and its other options mean what pg says they do.
    extra: { connectionString: url, keepAlive: true, onConnect: outliveErrors },
  }),
  begin: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  async lockSchema(runner) {
    await runner.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK]);
  },
  cut(connection) {
    void (connection as { end(): Promise<void> }).end();
  },
};

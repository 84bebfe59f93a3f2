import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';
import { CONNECT_WITHIN_MS, type Server } from './server.js';

/** The key of the advisory lock: any number, the same for all instances. Advisory locks belong to one database. */
const SCHEMA_LOCK = 1795219200;

/**
 * Ignores error events of a connection that ends right after it was opened. At that time pg-pool has removed its listener
 * and TypeORM has not added one yet, and an error event without a listener ends the process. Statements fail anyway.
 */
function ignoreErrors(client: EventEmitter): void {
  client.on('error', () => undefined);
}

/** What a connected client of pg knows of its session. The key is null if the server gives none. */
interface Client {
  readonly host: string;
  readonly port: number;
  readonly processID: number | null;
  readonly secretKey: number | null;
  end(): Promise<void>;
}

/** The code of a CancelRequest. */
const CANCEL = 80877102;

/**
 * Sends a CancelRequest. Without it, a session whose statement waits for a lock or for a standby lives on after its
 * connection has ended: while the server hangs, the sessions would add up until it accepts no more.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
function cancelStatement({ host, port, processID, secretKey }: Client): void {
  if (processID === null || secretKey === null) return;
  const message = Buffer.alloc(16);
  [message.length, CANCEL, processID, secretKey].forEach((value, index) =>
    message.writeInt32BE(value, index * 4),
  );
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(CONNECT_WITHIN_MS, () => socket.destroy());
  // The server answers nothing. If it cannot be reached, its session ends with the connection or by its own timeouts.
  socket.on('error', () => undefined).end(message);
}

/** PostgreSQL, and databases with its wire protocol. */
export const POSTGRES: Server = {
  options: (url, connections) => ({
    type: 'postgres',
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    poolSize: connections,
    connectTimeoutMS: CONNECT_WITHIN_MS,
    applicationName: 'weapp-passport',
    // Times are epoch milliseconds, which a number holds exactly.
    parseInt8: true,
    // The driver parses the URL itself, so sslmode and the other options work as documented for pg.
    extra: { connectionString: url, keepAlive: true, onConnect: ignoreErrors },
  }),
  begin: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  async tryLockSchema(runner) {
    // The lock of a transaction, not of a session: behind a pooler a session belongs to the pooler.
    const sql = 'SELECT pg_try_advisory_xact_lock($1) AS got';
    const [{ got }] = (await runner.query(sql, [SCHEMA_LOCK])) as [{ got: boolean }];
    return got;
  },
  cut(connection) {
    const client = connection as Client;
    cancelStatement(client);
    void client.end();
  },
};

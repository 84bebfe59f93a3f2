import { createRequire } from 'node:module';
import type * as mysql2 from 'mysql2';
import { CONNECT_WITHIN_MS, type Server } from './server.js';

/** What a session must not leave to the server's settings. */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // A text that is too long is an error, not cut; a backslash escapes, as the driver takes for granted.
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 3",
];
/** Whoever waits this long for another instance's migration had better be looked at. */
const SCHEMA_LOCK_WITHIN_SECONDS = 600;

/**
 * The driver, with every connection of a pool set up before its first statement. Loaded here: it would cost each start on
 * another database 80 files.
 */
function loadDriver() {
  const mysql = createRequire(import.meta.url)('mysql2') as typeof mysql2;
  return {
    ...mysql,
    createPool: (options: mysql2.PoolOptions) =>
      mysql.createPool(options).on('connection', (connection) => {
        for (const sql of SESSION) {
          connection.query(sql, (error) => {
            if (error) connection.destroy();
          });
        }
      }),
  };
}

/** MySQL and MariaDB. */
export const MYSQL: Server = {
  options: (url, connections) => ({
    type: 'mysql',
    driver: loadDriver(),
    connectorPackage: 'mysql2',
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    poolSize: connections,
    connectTimeout: CONNECT_WITHIN_MS,
    // Times are epoch milliseconds, which a number holds exactly.
    bigNumberStrings: false,
    // Else the driver captures a stack for every statement.
    trace: false,
    // TypeORM asks for it before it connects.
    database: decodeURIComponent(new URL(url).pathname.slice(1)),
    // The rest of the URL the driver reads itself: `ssl` and its other options mean what mysql2 says they do.
    extra: { uri: url },
  }),
  begin: 'START TRANSACTION',
  async lockSchema(runner) {
    // Names of locks belong to the whole server.
    const sql = "SELECT GET_LOCK(CONCAT('weapp-passport ', MD5(DATABASE())), ?) AS got";
    const [{ got }] = (await runner.query(sql, [SCHEMA_LOCK_WITHIN_SECONDS])) as [{ got: number | null }];
    if (got !== 1) throw new Error('another instance has been migrating for 10 minutes');
  },
  cut(connection) {
    (connection as mysql2.PoolConnection).destroy();
  },
};

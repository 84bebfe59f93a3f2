import { createRequire } from 'node:module';
import type * as mysql2 from 'mysql2';
import { CONNECT_WITHIN_MS, type Server } from './server.js';

/** Session settings that must not depend on the server's configuration. */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // A text that is too long is an error and is not truncated. A backslash escapes, as the driver assumes.
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 3",
];

/**
 * Loads the driver, and applies the session settings to each connection of a pool before its first statement. Loaded only
 * for MySQL, because it has 80 files.
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
    // With trace, the driver captures a stack trace for every statement.
    trace: false,
    // TypeORM needs the name before it connects.
    database: decodeURIComponent(new URL(url).pathname.slice(1)),
    // The driver parses the rest of the URL itself, so `ssl` and the other options work as documented for mysql2.
    extra: { uri: url },
  }),
  begin: 'START TRANSACTION',
  async tryLockSchema(runner) {
    // Lock names are shared by all databases of the server, so the name contains the database.
    const sql = "SELECT GET_LOCK(CONCAT('weapp-passport ', MD5(DATABASE())), 0) AS got";
    const [{ got }] = (await runner.query(sql)) as [{ got: number | null }];
    return got === 1;
  },
  cut(connection) {
    (connection as mysql2.PoolConnection).destroy();
  },
};

import { performance } from 'node:perf_hooks';
import { connect } from './connection.mjs';
import { COLUMNS, rowsOf } from './seed-rows.mjs';

/**
 * @typedef {import('./connection.mjs').Connection} Connection
 * @typedef {import('./databases.mjs').Database} Database
 * @typedef {import('./databases.mjs').Kind} Kind
 * @typedef {keyof typeof COLUMNS} Table
 */

const TABLES = /** @type {Table[]} */ (Object.keys(COLUMNS));
/** People of one statement for each table. */
const BATCH = 500;
/** Of one transaction: a service on the same file waits for at most a second or so. */
const BATCHES_AT_ONCE = 20;

/**
 * A crash may lose what is not there yet, and the service has no memory of it.
 * @type {Record<Kind, string[]>}
 */
const FAST = {
  sqlite: ['PRAGMA synchronous = OFF', 'PRAGMA cache_size = -400000', 'PRAGMA wal_autocheckpoint = 50000'],
  postgres: ['SET synchronous_commit = off'],
  mysql: ['SET unique_checks = 0'],
};

/**
 * What a server does by itself some time after so many rows have come, done now, so that it is not measured.
 * @type {Record<Kind, string[]>}
 */
const SETTLE = {
  sqlite: ['PRAGMA wal_checkpoint(TRUNCATE)'],
  postgres: ['VACUUM ANALYZE', 'CHECKPOINT'],
  mysql: [`ANALYZE TABLE ${TABLES.join(', ')}`],
};

/** @type {Record<Kind, string>} */
const SIZE = {
  sqlite: 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  postgres: 'SELECT pg_database_size(current_database()) AS bytes',
  mysql: `SELECT SUM(data_length + index_length) AS bytes
    FROM information_schema.tables WHERE table_schema = DATABASE()`,
};

/**
 * Fills the tables of a service with people, numbered from 0, who have all logged in through WeChat before.
 * @param {Database} database migrated, with nobody in it
 * @param {number} users
 * @returns {Promise<{ users: number, rows: number, seconds: number, database_bytes: number, bytes_per_user: number }>}
 * bytes with indexes and whatever else the database keeps; MySQL estimates them
 */
export async function seed({ kind, url }, users) {
  const connection = await connect(url);
  try {
    const startedAt = performance.now();
    for (const sql of FAST[kind]) await connection.query(sql);
    await insertAll(connection, users);
    for (const sql of SETTLE[kind]) await connection.query(sql);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const [{ bytes }] = await connection.query(SIZE[kind]);
    const database_bytes = Number(bytes);
    const bytes_per_user = Math.round(database_bytes / users);
    return { users, rows: users * TABLES.length, seconds, database_bytes, bytes_per_user };
  } finally {
    await connection.close();
  }
}

/**
 * @param {Connection} connection
 * @param {number} users
 */
async function insertAll(connection, users) {
  const now = Date.now();
  let written = Promise.resolve();
  for (let first = 0; first < users; first += BATCH) {
    // Made while the database still writes the ones before.
    const statements = inserts(first, Math.min(first + BATCH, users), users, now);
    if ((first / BATCH) % BATCHES_AT_ONCE === 0)
      statements.unshift(...(first > 0 ? ['COMMIT', 'BEGIN'] : ['BEGIN']));
    await written;
    written = inOrder(connection, statements);
    written.catch(() => undefined);
  }
  await written;
  await connection.query('COMMIT');
}

/**
 * @param {Connection} connection
 * @param {string[]} statements
 */
async function inOrder(connection, statements) {
  for (const sql of statements) await connection.query(sql);
}

/**
 * @param {number} first
 * @param {number} end not included
 * @param {number} users
 * @param {number} now
 */
function inserts(first, end, users, now) {
  const people = Array.from({ length: end - first }, (_, index) => {
    const person = first + index;
    return rowsOf(person, person / users, now);
  });
  return TABLES.map((table) => {
    const values = people.map((rows) => `(${rows[table].map(literal).join(',')})`);
    return `INSERT INTO ${table} (${COLUMNS[table].join(',')}) VALUES ${values.join(',')}`;
  });
}

/**
 * As every database reads it: nothing that is seeded has a backslash.
 * @param {import('./seed-rows.mjs').Value} value
 */
function literal(value) {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

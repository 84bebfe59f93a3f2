import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { v4, v7 } from 'uuid';
import { type Database, type DatabaseKind, type Query, withConnection } from './databases.js';
import { openidOf, TO_DO_LIST } from './requests.js';
import { APPID } from './service.js';

/** The columns that {@link rowsOf} fills, in its order. Columns of later migrations get no value. */
const COLUMNS = {
  users: 'id, created_at, nickname, deletes_at',
  weixin_identities: 'id, appid, openid, user_id, session_key, session_key_at, created_at',
  sessions: `id, user_id, identity_id, appid, generation, rotated_at, created_at, last_used_at, expires_at, device_id,
    device, ip`,
  user_documents: 'user_id, version, body, updated_at',
};
type Table = keyof typeof COLUMNS;
const TABLES = Object.keys(COLUMNS) as Table[];

/** The number of people per statement and table, and the number of statements per transaction. */
const [BATCH, BATCHES_PER_TRANSACTION] = [500, 20];
const DAY_MS = 86_400_000;
/** Bytes of the IV, of a session_key as base64 and of the tag. The sealed values are random, because no scenario unseals them. */
const SEALED_BYTES = 12 + 24 + 16;

/** Settings for fast inserts. A crash may lose rows, which is acceptable before the measurement. */
const FAST: Record<DatabaseKind, string[]> = {
  sqlite: ['PRAGMA synchronous = OFF', 'PRAGMA cache_size = -400000', 'PRAGMA wal_autocheckpoint = 50000'],
  postgres: ['SET synchronous_commit = off'],
  mysql: ['SET unique_checks = 0'],
};
/** Maintenance that a server would start by itself after so many inserts. Run here, so that it does not affect the measurement. */
const SETTLE: Record<DatabaseKind, string[]> = {
  sqlite: ['PRAGMA wal_checkpoint(TRUNCATE)'],
  postgres: ['VACUUM ANALYZE', 'CHECKPOINT'],
  mysql: [`ANALYZE TABLE ${TABLES.join(', ')}`],
};
const SIZE: Record<DatabaseKind, string> = {
  sqlite: 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  postgres: 'SELECT pg_database_size(current_database()) AS bytes',
  mysql: `SELECT SUM(data_length + index_length) AS bytes
    FROM information_schema.tables WHERE table_schema = DATABASE()`,
};

/**
 * Fills the tables of a service with people, numbered from 0, who have logged in before.
 * @param database migrated and empty
 * @returns the size of the database in bytes, including indexes; MySQL estimates it
 */
export function seed({ kind, url }: Database, users: number) {
  return withConnection(url, async (query) => {
    const startedAt = performance.now();
    await inOrder(query, FAST[kind]);
    await insertAll(query, users);
    await inOrder(query, SETTLE[kind]);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const [size] = await query(SIZE[kind]);
    const database_bytes = Number(size?.['bytes']);
    const bytes_per_user = Math.round(database_bytes / users);
    return { users, rows: users * TABLES.length, seconds, database_bytes, bytes_per_user };
  });
}

async function insertAll(query: Query, users: number): Promise<void> {
  const now = Date.now();
  let written = Promise.resolve();
  for (let first = 0; first < users; first += BATCH) {
    // The driver builds these statements while the database executes the previous ones.
    const statements = inserts(first, Math.min(BATCH, users - first), users, now);
    await written;
    if ((first / BATCH) % BATCHES_PER_TRANSACTION === 0)
      statements.unshift(...(first > 0 ? ['COMMIT', 'BEGIN'] : ['BEGIN']));
    written = inOrder(query, statements);
    written.catch(() => undefined);
  }
  await written;
  await query('COMMIT');
}

async function inOrder(query: Query, statements: string[]): Promise<void> {
  for (const sql of statements) await query(sql);
}

function inserts(first: number, count: number, users: number, now: number): string[] {
  const people = Array.from({ length: count }, (_, index) =>
    rowsOf(first + index, (first + index) / users, now),
  );
  return TABLES.map((table) => {
    const values = people.map((rows) => `(${rows[table].map(literal).join(',')})`);
    return `INSERT INTO ${table} (${COLUMNS[table]}) VALUES ${values.join(',')}`;
  });
}

/**
 * Returns the rows of a person who first logged in during the past year: an identity, a live session, a document. One of a
 * thousand has asked for the deletion of the account.
 * @param share from 0 for the first person to almost 1 for the last one
 */
function rowsOf(person: number, share: number, now: number): Record<Table, (string | number | null)[]> {
  // Sessions last 180 days, and 30 without use.
  const ago = (days: number) => Math.round(now - days * DAY_MS * (1 - share));
  const [cameAt, loggedInAt, usedAt] = [ago(365), ago(170), ago(29)];
  const [userId, identityId, sessionId] = [
    v7({ msecs: cameAt }),
    v7({ msecs: cameAt }),
    v7({ msecs: loggedInAt }),
  ];
  const sessionKey = `v1.seeded-seed.${randomBytes(SEALED_BYTES).toString('base64url')}`;
  const session = [sessionId, userId, identityId, APPID, 3, usedAt, loggedInAt, usedAt, usedAt + 30 * DAY_MS];
  const ip = `10.${(person >> 16) & 255}.${(person >> 8) & 255}.0`;
  return {
    users: [userId, cameAt, `user${person % 1000} ${person}`, person % 1000 === 0 ? now + 7 * DAY_MS : null],
    weixin_identities: [identityId, APPID, openidOf(person), userId, sessionKey, loggedInAt, cameAt],
    sessions: [...session, v4(), 'iPhone 15 Pro', ip],
    user_documents: [userId, 1, TO_DO_LIST, usedAt],
  };
}

/** Returns an SQL literal for every database. The seeded values contain no backslash. */
function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

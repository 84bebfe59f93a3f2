import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { connect } from './connection.mjs';

/**
 * An empty database for one run.
 * @typedef {object} Database
 * @property {Kind} kind
 * @property {string} url its `DATABASE_URL`
 */

/** @typedef {'sqlite' | 'postgres' | 'mysql'} Kind */

/** Where the servers are: the address of an existing database each, as the tests have it. */
const SERVERS = {
  postgres: ['TEST_POSTGRES_URL', 'postgres://postgres@127.0.0.1:5432/test'],
  mysql: ['TEST_MYSQL_URL', 'mysql://root@127.0.0.1:3306/test'],
};

/** @type {Kind[]} */
export const KINDS = ['sqlite', 'postgres', 'mysql'];

/**
 * @param {Kind} kind
 * @param {string} home where a file would be
 * @param {import('./cleanup.mjs').Cleanup} cleanup drops it
 * @returns {Promise<Database>}
 * @throws {Error} when the server does not answer, or refuses
 */
export async function createDatabase(kind, home, cleanup) {
  if (kind === 'sqlite') return { kind, url: `sqlite:${join(home, 'bench.sqlite')}` };
  const [variable = '', standard = ''] = SERVERS[kind];
  const server = process.env[variable] ?? standard;
  const name = `weapp_passport_bench_${randomBytes(6).toString('hex')}`;
  const created = onServer(server, `CREATE DATABASE ${name}`).catch((/** @type {Error} */ { message }) => {
    throw new Error(`${variable}: no database can be made there: ${message}`);
  });
  cleanup.defer(async () => {
    if (!(await created.then(Boolean, () => false))) return;
    await onServer(server, `DROP DATABASE ${name}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`);
  });
  await created;
  return { kind, url: Object.assign(new URL(server), { pathname: name }).href };
}

/**
 * @param {string} server
 * @param {string} sql
 */
async function onServer(server, sql) {
  const connection = await connect(server);
  try {
    await connection.query(sql);
    return true;
  } finally {
    await connection.close();
  }
}

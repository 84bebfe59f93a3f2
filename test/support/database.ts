import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from './rows.js';

/** The addresses of the servers that `npm run test:services` uses. */
const SERVERS: Readonly<Record<string, string>> = {
  postgres: process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test',
  mysql: process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/test',
};

/** An empty database of its own for the tests of one file. */
export interface TestDatabase {
  /** A `DATABASE_URL`. */
  readonly url: string;
  create(): Promise<void>;
  drop(): Promise<void>;
}

/** On SQLite, or on the server that the environment variable `TEST_DATABASE` names: `postgres` or `mysql`. */
export function testDatabase(): TestDatabase {
  const kind = process.env['TEST_DATABASE'] ?? 'sqlite';
  const server = SERVERS[kind];
  return server === undefined ? sqliteDatabase() : serverDatabase(server);
}

/** Whether the stories run on SQLite now. */
export const onSqlite = (process.env['TEST_DATABASE'] ?? 'sqlite') === 'sqlite';

function sqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  return {
    url: `sqlite:${join(folder, 'test.sqlite')}`,
    create: () => Promise.resolve(),
    drop() {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

function serverDatabase(server: string): TestDatabase {
  const name = `weapp_passport_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  const force = server.startsWith('postgres') ? ' WITH (FORCE)' : '';
  return {
    url: url.href,
    create: () => execute(server, `CREATE DATABASE ${name}`),
    drop: () => execute(server, `DROP DATABASE ${name}${force}`),
  };
}

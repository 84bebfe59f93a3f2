import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { execute } from './rows.js';
import { SERVERS } from './servers.js';

/** The database of this run: `sqlite`, or `postgres` or `mysql` in `npm run test:services`. */
export const databaseKind = process.env['TEST_DATABASE'] ?? 'sqlite';

/**
 * Creates an empty database for the tests of one file, and removes it after them.
 * @param kind another one than that of this run only in `npm run test:services`
 * @returns its `DATABASE_URL`
 */
export function useDatabase(kind = databaseKind): string {
  const server = SERVERS[`TEST_${kind.toUpperCase()}_URL`];
  return server === undefined ? useFile() : useServer(server, kind);
}

function useFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return `sqlite:${join(folder, 'test.sqlite')}`;
}

function useServer(server: string, kind: string): string {
  const name = `weapp_passport_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  beforeAll(() => execute(server, `CREATE DATABASE ${name}`));
  afterAll(() => execute(server, `DROP DATABASE ${name}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`));
  return url.href;
}

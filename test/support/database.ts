import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { execute } from './rows.js';
import { SERVERS } from './servers.js';

/** What the stories run on now: `sqlite`, or the server that `npm run test:services` names, `postgres` or `mysql`. */
export const databaseKind = process.env['TEST_DATABASE'] ?? 'sqlite';

/**
 * An empty database for the tests of one file, gone after them.
 * @returns its `DATABASE_URL`
 */
export function useDatabase(): string {
  const server = SERVERS[`TEST_${databaseKind.toUpperCase()}_URL`];
  return server === undefined ? useFile() : useServer(server);
}

function useFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-passport-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return `sqlite:${join(folder, 'test.sqlite')}`;
}

function useServer(server: string): string {
  const name = `weapp_passport_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  beforeAll(() => execute(server, `CREATE DATABASE ${name}`));
  afterAll(() =>
    execute(server, `DROP DATABASE ${name}${databaseKind === 'postgres' ? ' WITH (FORCE)' : ''}`),
  );
  return url.href;
}

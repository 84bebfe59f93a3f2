import { describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { ConfigError, loadConfig } from '../../libs/config/src/index.js';
import { Database } from '../../libs/database/src/index.js';
import { useFolder } from '../support/folder.js';
import { SECRET_KEY } from '../support/stack.js';

describe('SQLITE_SYNCHRONOUS', () => {
  const folder = useFolder();
  const configWith = (env: NodeJS.ProcessEnv) =>
    loadConfig({ SECRET_KEY, DATABASE_URL: `sqlite:${folder}/a.sqlite`, LOG_LEVEL: 'silent', ...env });

  // What SQLite calls NORMAL and FULL.
  it.each([
    [{}, 1],
    [{ SQLITE_SYNCHRONOUS: 'normal' }, 1],
    [{ SQLITE_SYNCHRONOUS: 'full' }, 2],
  ])('of %j makes the connection that writes use level %i', async (env, synchronous) => {
    const app = await createApp(configWith(env));
    try {
      const level = await app.get(Database).write((manager) => manager.query<unknown>('PRAGMA synchronous'));
      expect(level).toEqual([{ synchronous }]);
    } finally {
      await app.close();
    }
  });

  it.each(['off', 'FULL', '2'])('of %j stops the start', (SQLITE_SYNCHRONOUS) => {
    expect(() => configWith({ SQLITE_SYNCHRONOUS })).toThrow(ConfigError);
  });
});

import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { startService } from '../support/service.js';
import { SECRET_KEY } from '../support/stack.js';

describe('a start with a SECRET_KEY that is not the one of the database', () => {
  const databaseUrl = useDatabase();
  const folder = useFolder();
  const env = { SECRET_KEY, DATABASE_URL: databaseUrl };
  const startAndStop = async () => {
    const { app } = await startService(env);
    await app.close();
  };
  const keys = () => rows(databaseUrl, 'SELECT * FROM signing_keys ORDER BY id');

  it('exits with 1 and a clear message, and changes no signing key', async () => {
    await startAndStop();
    const before = await keys();
    const wrong = { ...env, PORT: '0', SECRET_KEY: SECRET_KEY.split('').reverse().join('') };
    const program = new Program('dist/apps/api/src/main.js', wrong, folder);
    expect(await program.ended()).toBe(1);
    expect(program.output).toContain('signing_keys.private_key does not open with this SECRET_KEY');
    expect(program.output).not.toContain('listening');
    expect(await keys()).toEqual(before);
    await startAndStop();
  });
});

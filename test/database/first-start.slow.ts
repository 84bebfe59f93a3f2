import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

describe('migrations of an empty database', () => {
  const folder = useFolder();
  const databaseUrl = useDatabase();

  it('run once when three processes start at the same time', async () => {
    const start = () =>
      new Program('dist/apps/api/src/main.js', { PORT: '0', SECRET_KEY, DATABASE_URL: databaseUrl }, folder);
    const programs = [start(), start(), start()];
    await Promise.all(programs.map((program) => program.prints('listening')));
    const done = await rows(databaseUrl, 'SELECT name FROM migrations');
    expect(new Set(done.map(({ name }) => name)).size).toBe(done.length);
    expect(await rows(databaseUrl, 'SELECT id FROM signing_keys')).toHaveLength(2);
    expect(await Promise.all(programs.map((program) => program.stop()))).toEqual([0, 0, 0]);
  });
});

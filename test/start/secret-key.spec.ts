import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { Program } from '../support/process.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

describe('a SECRET_KEY that is not the one of the database', () => {
  const databaseUrl = useDatabase();
  const folder = useFolder();
  const program = (secret: string) =>
    new Program(
      'dist/apps/api/src/main.js',
      { PORT: '0', SECRET_KEY: secret, DATABASE_URL: databaseUrl },
      folder,
    );
  const keys = () => rows(databaseUrl, 'SELECT * FROM signing_keys ORDER BY id');

  it('stops the start with a clear message and leaves every key as it was, for the right one to open', async () => {
    const first = program(SECRET_KEY);
    await first.prints('listening');
    await first.stop();
    const before = await keys();
    const wrong = program(SECRET_KEY.split('').reverse().join(''));
    expect(await wrong.ended()).toBe(1);
    expect(wrong.output).toContain('signing_keys.private_key does not open with this SECRET_KEY');
    expect(wrong.output).not.toContain('listening');
    expect(await keys()).toEqual(before);
    const again = program(SECRET_KEY);
    await again.prints('listening');
    expect(await again.stop()).toBe(0);
  });
});

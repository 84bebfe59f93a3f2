import { describe, expect, it } from 'vitest';
import { bench } from './bench.js';

describe('npm run bench', () => {
  it('exits with 2 and names a commit that git does not know', async () => {
    expect(await bench('--compare', 'no-such-branch')).toEqual({
      exitCode: 2,
      output: '--compare: git knows no commit "no-such-branch"\n',
    });
  });

  it('exits with 2 and names a scenario that does not exist', async () => {
    const { exitCode, output } = await bench('--only', 'logins');
    expect({ exitCode, output }).toEqual({
      exitCode: 2,
      output: `error: option '--only <names>' argument 'logins' is invalid. There is no scenario "logins".\n`,
    });
  });
});

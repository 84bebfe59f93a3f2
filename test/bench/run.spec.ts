import { describe, expect, it } from 'vitest';
import { Program } from '../support/process.js';

describe('the benchmark', () => {
  it('measures the logins of people who were there before', async () => {
    const options = ['--only', 'login-returning', '--requests', '16', '--users', '5000'];
    const bench = new Program('scripts/bench/main.mjs', {}, undefined, options);
    expect(await bench.ended(), bench.output).toBe(0);
    const lines = bench.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      expect.objectContaining({ scenario: 'start', ms_to_listening: expect.any(Number) as number }),
      expect.objectContaining({ scenario: 'seeded', users: 5000, rows: 20_000 }),
      expect.objectContaining({ scenario: 'login-returning', requests: 16, errors: 0 }),
    ]);
  }, 60_000);

  it('refuses a commit that does not exist', async () => {
    const bench = new Program('scripts/bench/main.mjs', {}, undefined, ['--compare', 'no-such-branch']);
    expect(await bench.ended()).toBe(2);
    expect(bench.output).toBe('--compare: git knows no commit "no-such-branch"\n');
  });
});

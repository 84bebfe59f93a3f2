import { describe, expect, it } from 'vitest';
import { Program } from '../support/process.js';

/** Runs `npm run bench -- …` on what was built. */
async function bench(...options: string[]) {
  const program = new Program('bench/start.mjs', {}, undefined, options);
  const exitCode = await program.ended();
  return { exitCode, output: program.output };
}

const linesOf = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('npm run bench', () => {
  it('prints the start, the seeded people and each scenario of --only with its figures', async () => {
    const { exitCode, output } = await bench(
      ...['--only', 'login-returning', '--requests', '16', '--users', '5000', '--goals'],
    );
    expect(exitCode, output).toBe(0);
    const number = expect.any(Number) as number;
    const ofProc = process.platform === 'linux' ? number : null;
    const latencies = { p50_ms: number, p99_ms: number, max_ms: number, requests_per_second: number };
    expect(linesOf(output)).toMatchObject([
      { scenario: 'start', ms_to_listening: number, rss_idle_mb: ofProc },
      { scenario: 'seeded', users: 5000, rows: 20_000, bytes_per_user: number },
      {
        ...{ scenario: 'login-returning', requests: 16, errors: 0, ...latencies },
        ...{ cpu_us_per_request: ofProc, database_cpu_us_per_request: null, rss_mb: ofProc },
        goals: { 'cpu_us_per_request <= 300': expect.toBeOneOf([true, false, null]) as boolean },
      },
    ]);
  });

  it('prints the verdict of a soak and the figures of each process', async () => {
    const { exitCode, output } = await bench('--only', 'soak', '--minutes', '0.05', '--instances', '2');
    expect(exitCode, output).toBe(0);
    expect(linesOf(output)).toMatchObject([
      { scenario: 'soak', instances: 2, errors: {}, problems: [], verdict: 'holds', reasons: [] },
    ]);
    expect(linesOf(output)[0]?.['processes']).toHaveLength(2);
  });

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

import { describe, expect, it } from 'vitest';
import { bench } from './bench.js';

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

  it('prints memory when idle and at the peak of mixed load', async () => {
    const { exitCode, output } = await bench('--only', 'memory', '--minutes', '0.05');
    expect(exitCode, output).toBe(0);
    const [line] = linesOf(output);
    expect(line).toMatchObject({ scenario: 'memory', errors: 0, problems: [] });
    if (process.platform !== 'linux') return;
    expect(line?.['rss_idle_mb']).toBeGreaterThan(50);
    expect(line?.['rss_peak_mb']).toBeGreaterThan(Number(line?.['rss_idle_mb']));
  });

  it('prints the verdict of a soak and the figures of each process', async () => {
    const { exitCode, output } = await bench('--only', 'soak', '--minutes', '0.05', '--instances', '2');
    expect(exitCode, output).toBe(0);
    expect(linesOf(output)).toMatchObject([
      { scenario: 'soak', instances: 2, errors: {}, problems: [], verdict: 'holds', reasons: [] },
    ]);
    expect(linesOf(output)[0]?.['processes']).toHaveLength(2);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { parseOptions } from '../../bench/options.js';
import { SCENARIOS } from '../../bench/scenarios.js';

describe('the options of the benchmark', () => {
  it('default to all scenarios on SQLite, with one instance and without seeded people', () => {
    expect(parseOptions([])).toEqual({
      only: Object.keys(SCENARIOS),
      database: 'sqlite',
      instances: 1,
      requests: 10_000,
      rounds: 2,
      concurrency: 8,
    });
  });

  it('name scenarios in any order', () => {
    expect(parseOptions(['--only', 'verify, login-new']).only).toEqual(['login-new', 'verify']);
  });

  it('measure memory by --only memory', () => {
    expect(parseOptions(['--only', 'memory'])).toMatchObject({ only: 'memory', concurrency: 8 });
  });

  it('run the soak by --only soak, also for parts of a minute', () => {
    expect(parseOptions(['--only', 'soak', '--minutes', '0.5'])).toMatchObject({
      only: 'soak',
      minutes: 0.5,
    });
  });

  it.each([
    [['--only', 'logins'], 'There is no scenario "logins"'],
    [['--only', 'soak,login-new'], 'It runs alone'],
    [['--only', 'soak', '--compare', 'main'], '--only soak compares nothing'],
    [['--only', 'memory', '--compare-instances', '2'], '--only memory compares nothing'],
    [['--requests', '15'], 'It must be a whole number from 16 on'],
    [['--requests', '20.5'], "option '--requests <n>' argument '20.5' is invalid"],
    [['--database', 'oracle'], 'Allowed choices are sqlite, postgres, mysql'],
    [['--instances', '0'], "option '--instances <n>'"],
    [['--users', '4999'], 'It must be a whole number from 5000 on'],
    [['--rounds', 'many'], "option '--rounds <n>'"],
    [['--compare-instances', '1'], 'It must be a whole number from 2 on'],
    [['--compare', 'main', '--compare-instances', '2'], "cannot be used with option '--compare <ref>'"],
    [['--compare', 'main', '--compare-webhook'], "cannot be used with option '--compare <ref>'"],
    [['--only', 'soak', '--compare-webhook'], '--only soak compares nothing'],
    [['--compare-instances', '2', '--instances', '2'], "cannot be used with option '--instances <n>'"],
    [['--compare', 'main', '--goals'], "cannot be used with option '--goals'"],
    [['--minutes', '0'], 'It must be a number above 0, at most 240'],
    [['--minutes', '241'], "option '--minutes <n>'"],
    [['--concurrency', '0'], "option '--concurrency <n>'"],
    [['--fast'], "unknown option '--fast'"],
  ])('%j is refused', (args, message) => {
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(() => parseOptions(args)).toThrow(message);
    } finally {
      printed.mockRestore();
    }
  });
});

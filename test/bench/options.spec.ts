import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/bench/options.mjs';
import { SCENARIOS } from '../../scripts/bench/scenarios.mjs';
import { parseOptions as parseSoakOptions } from '../../scripts/soak/options.mjs';

describe('the options of the benchmark', () => {
  it('measures everything on SQLite with one instance and nobody seeded, unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({
      database: 'sqlite',
      instances: 1,
      users: 0,
      requests: 10_000,
      rounds: 2,
      compare: undefined,
      compareInstances: undefined,
    });
    expect(parseOptions([]).scenarios).toEqual(Object.keys(SCENARIOS));
  });

  it('takes scenarios in the order of the table, whatever the order of the argument', () => {
    expect(parseOptions(['--only', 'verify, login-new']).scenarios).toEqual(['login-new', 'verify']);
  });

  it.each([
    [['--only', 'logins'], 'there is no scenario "logins"'],
    [['--requests', '15'], '--requests must be a whole number from 16 on'],
    [['--requests', '20.5'], '--requests must be'],
    [['--database', 'oracle'], '--database must be one of sqlite, postgres, mysql'],
    [['--instances', '0'], '--instances must be'],
    [['--users', '4999'], '--users must be a whole number from 5000 on'],
    [['--rounds', 'many'], '--rounds must be'],
    [['--compare-instances', '1'], '--compare-instances must be a whole number from 2 on'],
    [['--compare', 'main', '--compare-instances', '2'], 'exclude each other'],
    [['--compare-instances', '2', '--instances', '2'], 'leave out --instances'],
    [['--compare', 'main', '--goals'], '--goals judge one build'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});

describe('the options of the soak', () => {
  it('takes parts of minutes', () => {
    expect(parseSoakOptions(['--minutes', '0.5'])).toMatchObject({ minutes: 0.5, instances: 1 });
  });

  it.each([
    [['--minutes', '0'], '--minutes must be a number above 0, at most 240'],
    [['--minutes', '241'], '--minutes must be'],
    [['--minutes', 'ten'], '--minutes must be'],
    [['--concurrency', '0'], '--concurrency must be'],
  ])('refuses %j', (args, message) => {
    expect(() => parseSoakOptions(args)).toThrow(message);
  });
});

import { parseArgs } from 'node:util';
import { databaseKind, wholeNumber } from './arguments.mjs';
import { KINDS } from './databases.mjs';
import { USERS } from './population.mjs';
import { SCENARIOS } from './scenarios.mjs';

/** @typedef {keyof typeof SCENARIOS} Scenario */

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {boolean} goals
 * @property {Scenario[]} scenarios what to measure, in the order of the table
 * @property {number} requests measured requests to each instance in each scenario but login-burst
 * @property {number} users who are in the database before the measurement, or 0
 * @property {import('./databases.mjs').Kind} database
 * @property {number} instances of the service on one database
 * @property {string | undefined} compare a commit of this repository, in any of git's words
 * @property {number | undefined} compareInstances so many are compared with one
 * @property {number} rounds pairs of runs when two are compared
 * @property {string | undefined} cpuProfFolder where the api writes a CPU profile
 */

const NAMES = /** @type {Scenario[]} */ (Object.keys(SCENARIOS));

export const HELP = `npm run bench -- [options]

Starts the built service at production settings beside an instant imitation of WeChat, drives it over 16 connections and
prints one JSON line per scenario. Exits with 1 if any request failed.

  --only <names>      comma-separated: ${NAMES.join(', ')}
  --requests <n>      measured requests of each scenario to each instance, at least 16 (default 10000)
  --database <kind>   ${KINDS.join(', ')} (default sqlite): on a server, a new database that is dropped at the end, beside
                      the one at TEST_POSTGRES_URL or TEST_MYSQL_URL
  --instances <n>     processes of the api on that database; each gets as many requests as any other (default 1)
  --users <n>         first seeds the database with so many people of the past year, ${USERS} at least; those who come again
                      are then any of them
  --compare <ref>     builds that commit in a working tree of its own and measures it (a) and this tree (b) in turns, each
                      run on an empty database; one line per scenario with both, and the ratio of their CPU, b over a
  --compare-instances <n>
                      the same with one instance (a) and with n (b) of this tree; two on PostgreSQL should stay
                      within a ratio of 1.15
  --rounds <n>        pairs of runs then: a b, b a, … (default 2)
  --goals             adds to each line whether the goals hold; they never fail the run
  --cpu-prof <folder> the api writes a CPU profile of its whole life there
  --help

  cpu_us_per_request  user and system time of the api, all of its processes, in the measured part, over requests
  database_cpu_us_per_request
                      the same of the server's processes on this machine, whoever asks them; null with SQLite
  p50_ms, p99_ms      latencies as the driver sees them, and max_ms; in login-burst since the 200 were sent
  rss_mb              resident memory of the api when the scenario ends, of several the largest
With --compare each figure has its median, least and greatest over the rounds. ratio is that of the medians.
Figures that come from /proc are null where there is none.`;

/**
 * @param {string[]} args without node and the script
 * @returns {Options}
 * @throws {TypeError} naming the argument that is unknown or wrong
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      goals: { type: 'boolean', default: false },
      only: { type: 'string', default: NAMES.join(',') },
      requests: { type: 'string', default: '10000' },
      database: { type: 'string', default: 'sqlite' },
      instances: { type: 'string' },
      users: { type: 'string', default: '0' },
      compare: { type: 'string' },
      'compare-instances': { type: 'string' },
      rounds: { type: 'string', default: '2' },
      'cpu-prof': { type: 'string' },
    },
  });
  const only = values.only.split(',').map((name) => name.trim());
  const unknown = only.find((name) => !NAMES.includes(/** @type {Scenario} */ (name)));
  if (unknown !== undefined) throw new TypeError(`--only: there is no scenario "${unknown}"`);
  const { compare, 'compare-instances': compareInstances } = values;
  const comparisons = [compare, compareInstances].filter((value) => value !== undefined).length;
  if (comparisons > 1) throw new TypeError('--compare and --compare-instances exclude each other');
  if (compareInstances !== undefined && values.instances !== undefined)
    throw new TypeError('--compare-instances says how many: leave out --instances');
  if (comparisons > 0 && values.goals) throw new TypeError('--goals judge one build, not a comparison');
  return {
    help: values.help,
    goals: values.goals,
    scenarios: NAMES.filter((name) => only.includes(name)),
    requests: wholeNumber('--requests', values.requests, 16),
    users: values.users === '0' ? 0 : wholeNumber('--users', values.users, USERS),
    database: databaseKind(values.database),
    instances: wholeNumber('--instances', values.instances ?? '1', 1),
    compare,
    compareInstances:
      compareInstances === undefined ? undefined : wholeNumber('--compare-instances', compareInstances, 2),
    rounds: wholeNumber('--rounds', values.rounds, 1),
    cpuProfFolder: values['cpu-prof'],
  };
}

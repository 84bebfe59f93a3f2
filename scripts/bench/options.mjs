import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.mjs';

/** @typedef {keyof typeof SCENARIOS} Scenario */

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {boolean} goals
 * @property {Scenario[]} scenarios what to measure, in the order of the table
 * @property {number} requests measured requests of each scenario but login-burst
 * @property {string | undefined} compare a commit of this repository, in any of git's words
 * @property {number} rounds pairs of runs when two builds are compared
 * @property {string | undefined} cpuProfFolder where the api writes a CPU profile
 */

const NAMES = /** @type {Scenario[]} */ (Object.keys(SCENARIOS));

export const HELP = `npm run bench -- [options]

Starts the built service at production settings beside an instant imitation of WeChat, drives it over 16 connections and
prints one JSON line per scenario. Exits with 1 if any request failed.

  --only <names>      comma-separated: ${NAMES.join(', ')}
  --requests <n>      measured requests of each scenario, at least 16 (default 10000)
  --compare <ref>     builds that commit in a working tree of its own and measures it (a) and this tree (b) in turns, each
                      run on an empty database; one line per scenario with both, and the ratio of their CPU, b over a
  --rounds <n>        pairs of runs then: a b, b a, … (default 2)
  --goals             adds to each line whether the goals hold; they never fail the run
  --cpu-prof <folder> the api writes a CPU profile of its whole life there
  --help

  cpu_us_per_request  user and system time of the api's whole process, measured part only, over requests
  p50_ms, p99_ms      latencies as the driver sees them, and max_ms; in login-burst since the 200 were sent
  rss_mb              resident memory of the api when the scenario ends
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
      compare: { type: 'string' },
      rounds: { type: 'string', default: '2' },
      'cpu-prof': { type: 'string' },
    },
  });
  const only = values.only.split(',').map((name) => name.trim());
  const unknown = only.find((name) => !NAMES.includes(/** @type {Scenario} */ (name)));
  if (unknown !== undefined) throw new TypeError(`--only: there is no scenario "${unknown}"`);
  if (values.goals && values.compare !== undefined)
    throw new TypeError('--goals are for one build: leave out --compare');
  return {
    help: values.help,
    goals: values.goals,
    scenarios: NAMES.filter((name) => only.includes(name)),
    requests: wholeNumber('--requests', values.requests, 16),
    compare: values.compare,
    rounds: wholeNumber('--rounds', values.rounds, 1),
    cpuProfFolder: values['cpu-prof'],
  };
}

/**
 * @param {string} name
 * @param {string} value
 * @param {number} least
 */
function wholeNumber(name, value, least) {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new TypeError(`${name} must be a whole number from ${least} on`);
}

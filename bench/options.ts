import { Command, InvalidArgumentError, Option } from 'commander';
import { DATABASE_KINDS, type DatabaseKind } from './databases.js';
import { USERS } from './population.js';
import { type ScenarioName, SCENARIOS } from './scenarios.js';
import { SOAK_FAILS } from './soak/verdict.js';

/** The options of the command line; the help documents them. */
export interface Options {
  only: Alone | ScenarioName[];
  requests: number;
  users?: number;
  database: DatabaseKind;
  instances: number;
  compare?: string;
  compareInstances?: number;
  compareWebhook?: true;
  rounds: number;
  goals?: true;
  cpuProf?: string;
  minutes?: number;
  concurrency: number;
  samples?: string;
}

/** What runs alone, and for how many minutes by default. */
export const MINUTES = { soak: 10, memory: 2 };
type Alone = keyof typeof MINUTES;

const NAMES = Object.keys(SCENARIOS) as ScenarioName[];

const EXPLANATION = `
Starts the built service at production settings next to an instant imitation of WeChat, sends requests over 16 connections
and prints one JSON line for each scenario. Exits with 1 if a request failed.

  cpu_us_per_request  user and system time of the api, all of its processes, in the measured part, over requests
  database_cpu_us_per_request
                      the same of the server's processes on this machine, all of their work; null with SQLite
  p50_ms, p99_ms      latencies as the driver sees them, and max_ms; in login-burst since the 200 were sent
  rss_mb              resident memory of the api when the scenario ends, of several the largest
With --compare each figure has its median, least and greatest over the rounds; ratio is that of the medians.
Figures that come from /proc are null if there is none.

--only soak sends everything that phones send, mixed, with pauses of 0 to 10 ms, while WeChat takes 0 to 50 ms. Access tokens
live a minute. Each answer is foreseen: its status, whether a user is new, the version of a document, the generation of a
repeated refresh. ${SOAK_FAILS}
Kept memory is resident memory without garbage and without room that the heap reserves.

--only memory prints the resident memory after the start, and at the peak of the soak's requests followed by bursts of logins.`;

/** Reads the arguments. @throws {CommanderError} after Commander has printed the help or an error */
export function parseOptions(args: string[]): Options {
  const command = new Command('npm run bench --').exitOverride().addHelpText('after', EXPLANATION);
  const option = (flags: string, description: string) => new Option(flags, description);
  for (const each of [
    option('--only <names>', `one or more of ${NAMES.join(', ')}, comma-separated; or soak, or memory`)
      .argParser(scenarioNames)
      .default(NAMES, 'all but soak and memory'),
    option('--requests <n>', 'of each scenario to each instance').argParser(wholeFrom(16)).default(10_000),
    option('--database <kind>', 'on a server, a new one next to that of TEST_POSTGRES_URL or TEST_MYSQL_URL')
      .choices(DATABASE_KINDS)
      .default('sqlite'),
    option('--instances <n>', 'processes of the api on that database').argParser(wholeFrom(1)).default(1),
    option('--users <n>', `people to seed first, ${USERS} at least`).argParser(wholeFrom(USERS)),
    option('--compare <ref>', 'measures that commit (a) and this tree (b) in turns').conflicts('goals'),
    option('--compare-instances <n>', 'measures one instance (a) and n of them (b) in turns')
      .argParser(wholeFrom(2))
      .conflicts(['compare', 'instances', 'goals']),
    option(
      '--compare-webhook',
      'measures without a webhook (a) and with one for every event (b) in turns',
    ).conflicts(['compare', 'compareInstances', 'goals']),
    option('--rounds <n>', 'pairs of runs then: a b, b a, …').argParser(wholeFrom(1)).default(2),
    option('--goals', 'adds to each line whether the goals are met; they never fail the run'),
    option('--cpu-prof <folder>', 'the api writes a CPU profile of its whole life there'),
    option(
      '--minutes <n>',
      `of the soak (default: ${MINUTES.soak}) or of memory (${MINUTES.memory})`,
    ).argParser(numberIf((value) => value > 0 && value <= 240, 'a number above 0, at most 240')),
    option('--concurrency <n>', 'connections of the soak and of memory').argParser(wholeFrom(1)).default(8),
    option('--samples <file>', 'the soak appends a JSON line for each process there, every two seconds'),
  ])
    command.addOption(each);
  const options = command.parse(args, { from: 'user' }).opts<Options>();
  const isComparison = (options.compare ?? options.compareInstances ?? options.compareWebhook) !== undefined;
  if (!Array.isArray(options.only) && isComparison)
    command.error(`error: --only ${options.only} compares nothing`);
  return options;
}

function scenarioNames(value: string): Options['only'] {
  if (isAlone(value)) return value;
  const names = value.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !NAMES.includes(name as ScenarioName));
  if (unknown === undefined) return NAMES.filter((name) => names.includes(name));
  throw new InvalidArgumentError(isAlone(unknown) ? 'It runs alone.' : `There is no scenario "${unknown}".`);
}

const isAlone = (name: string): name is Alone => name in MINUTES;

function numberIf(isAllowed: (value: number) => boolean, allowed: string) {
  return (text: string): number => {
    if (isAllowed(Number(text))) return Number(text);
    throw new InvalidArgumentError(`It must be ${allowed}.`);
  };
}

function wholeFrom(least: number) {
  const isAllowed = (value: number) => Number.isSafeInteger(value) && value >= least;
  return numberIf(isAllowed, `a whole number from ${least} on`);
}

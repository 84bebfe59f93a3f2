import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWebhook } from './back-ends.js';
import type { Cleanup } from './cleanup.js';
import { largestRss, medianOf } from './figures.js';
import type { Line } from './goals.js';
import type { Options } from './options.js';
import { Population } from './population.js';
import { type ScenarioName, SCENARIOS } from './scenarios.js';
import { seed } from './seed.js';
import { type Setup, startService } from './service.js';

/** The scenarios to measure and their size. */
export type Plan = Pick<Options, 'requests' | 'users'> & { scenarios: ScenarioName[] };
/** The pause after the start, in which the service finishes its start, and reads of a new webhook. */
export const IDLE_MS = 1500;
/** Members of a line without a median in the comparison. */
const NOT_COMPARED = ['scenario', 'requests', 'errors', 'problem'];

/**
 * Measures a build on an empty database.
 * @param report receives a line for the start, one for seeded people if there are any, and one for each scenario
 * @throws {Error} if the service does not start, or if a request of a preparation fails
 */
export function run(setup: Setup, plan: Plan, cleanup: Cleanup, report: (line: Line) => void): Promise<void> {
  return cleanup.scope(async () => {
    const { service, msToListening } = await startService(setup, cleanup);
    if (setup.webhook) await createWebhook(service.database);
    await sleep(IDLE_MS);
    report({ scenario: 'start', ms_to_listening: msToListening, rss_idle_mb: largestRss(service) });
    const { users = 0 } = plan;
    if (users > 0) report({ scenario: 'seeded', ...(await seed(service.database, users)) });
    const population = new Population(service, users);
    for (const scenario of plan.scenarios) {
      const figures = await SCENARIOS[scenario](service, population, plan.requests * service.apis.length);
      report({ scenario, ...figures });
    }
  });
}

/**
 * Measures two setups alternately (a b, b a, a b…), so that other load of the machine affects both.
 * @param rounds pairs of runs
 * @throws {Error} as {@link run}
 */
export async function compare(setups: { a: Setup; b: Setup }, plan: Plan, rounds: number, cleanup: Cleanup) {
  const runs: { a: Line[][]; b: Line[][] } = { a: [], b: [] };
  for (let number = 0; number < rounds * 2; number += 1) {
    const side = (['a', 'b', 'b', 'a'] as const)[number % 4] ?? 'a';
    console.error(`run ${number + 1} of ${rounds * 2}: ${side}`);
    const { cpuProf, ...setup } = setups[side];
    const lines: Line[] = [];
    runs[side].push(lines);
    await run({ ...setup, cpuProf: cpuProf && join(cpuProf, side) }, plan, cleanup, (line) =>
      lines.push(line),
    );
  }
  return (runs.a[0] ?? []).map(({ scenario }, index) => {
    const [a = [], b = []] = [runs.a, runs.b].map((side) => side.flatMap((lines) => lines[index] ?? []));
    return comparison(scenario, a, b);
  });
}

/** Returns the line of a scenario from the lines of both setups, one per round. The ratios are CPU of b over CPU of a. */
export function comparison(scenario: string, a: Line[], b: Line[]): Line {
  const [cpuOfA = [], cpuOfB = []] = [a, b].map((lines) => lines.map((line) => line['cpu_us_per_request']));
  const ratio_of_rounds = cpuOfA.map((cpu, round) => ratioOf(cpuOfB[round], cpu));
  const ratio = ratioOf(medianOf(cpuOfB), medianOf(cpuOfA));
  return { scenario, a: summaryOf(a), b: summaryOf(b), ratio, ratio_of_rounds };
}

/** Returns median, minimum and maximum of each figure; null if one value is unknown. */
function summaryOf(lines: Line[]) {
  const problem = lines.find((line) => line['problem'] !== undefined)?.['problem'];
  const errors = lines.reduce((sum, line) => sum + Number(line['errors'] ?? 0), 0);
  const names = Object.keys(lines[0] ?? {}).filter((name) => !NOT_COMPARED.includes(name));
  const figures = names.map((name) => {
    const values = lines.map((line) => line[name] as number | null);
    const median = medianOf(values);
    const spread = { median, min: Math.min(...values.map(Number)), max: Math.max(...values.map(Number)) };
    return [name, median === null ? null : spread] as const;
  });
  return { errors, ...(problem !== undefined && { problem }), ...Object.fromEntries(figures) };
}

function ratioOf(b: unknown, a: unknown): number | null {
  return typeof a === 'number' && typeof b === 'number' ? Math.round((b / a) * 1000) / 1000 : null;
}

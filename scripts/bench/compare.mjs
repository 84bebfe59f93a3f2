import { join } from 'node:path';
import { run } from './run.mjs';
import { medianOf, spreadOf } from './spread.mjs';

/**
 * @typedef {import('./goals.mjs').Line} Line
 * @typedef {'a' | 'b'} Side
 */

/** Of a line, what is no figure. */
const NO_FIGURES = ['scenario', 'requests', 'errors', 'problem'];

/**
 * Measures two setups in turns, so that what the machine does beside strikes both: A B, B A, A B…
 * @param {Record<Side, import('./service.mjs').Setup>} setups
 * @param {import('./options.mjs').Options} options
 * @returns {AsyncGenerator<Line, void>} a line for the start and one for each scenario, with both sides
 * @throws {Error} as {@link run}
 */
export async function* compare(setups, options) {
  /** @type {Record<Side, Line[][]>} */
  const runs = { a: [], b: [] };
  for (const side of turns(options.rounds)) {
    console.error(`run ${runs.a.length + runs.b.length + 1} of ${options.rounds * 2}: ${side}`);
    const { cpuProfFolder } = options;
    const setup = { ...setups[side], cpuProfFolder: cpuProfFolder && join(cpuProfFolder, side) };
    /** @type {Line[]} */
    const lines = [];
    for await (const line of run(setup, options)) lines.push(line);
    runs[side].push(lines);
  }
  for (const [index, { scenario }] of (runs.a[0] ?? []).entries()) {
    const [a, b] = [runs.a, runs.b].map((side) => side.flatMap((lines) => lines[index] ?? []));
    yield comparison(scenario, a ?? [], b ?? []);
  }
}

/**
 * Who is measured when.
 * @param {number} rounds pairs of runs
 * @returns {Side[]}
 */
export function turns(rounds) {
  return Array.from(
    { length: rounds },
    (_, round) => /** @type {Side[]} */ (round % 2 ? ['b', 'a'] : ['a', 'b']),
  ).flat();
}

/**
 * The line of a scenario: both sides, and how many times as much CPU b takes as a, by the medians and in each round.
 * @param {string} scenario
 * @param {Line[]} a one for each round
 * @param {Line[]} b of the same rounds
 * @returns {Line}
 */
export function comparison(scenario, a, b) {
  const [cpuOfA, cpuOfB] = [a, b].map((lines) => lines.map((line) => line['cpu_us_per_request']));
  return {
    scenario,
    a: sideOf(a),
    b: sideOf(b),
    ratio: ratio(medianOf(cpuOfB ?? []), medianOf(cpuOfA ?? [])),
    ratio_of_rounds: (cpuOfA ?? []).map((cpu, round) => ratio(cpuOfB?.[round], cpu)),
  };
}

/**
 * Each figure over the rounds.
 * @param {Line[]} lines
 */
function sideOf(lines) {
  const problem = lines.find((line) => line['problem'] !== undefined)?.['problem'];
  const errors = lines.reduce((sum, line) => sum + Number(line['errors'] ?? 0), 0);
  const names = Object.keys(lines[0] ?? {}).filter((name) => !NO_FIGURES.includes(name));
  const figures = names.map((name) => [name, spreadOf(lines.map((line) => line[name]))]);
  return { errors, ...(problem !== undefined && { problem }), ...Object.fromEntries(figures) };
}

/**
 * @param {unknown} b
 * @param {unknown} a
 */
function ratio(b, a) {
  return typeof a === 'number' && typeof b === 'number' ? Math.round((b / a) * 1000) / 1000 : null;
}

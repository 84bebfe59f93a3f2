// Measures the built service with production settings. `npm run bench -- --help` documents the options.
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { Cleanup } from './cleanup.js';
import { type Line, withGoals } from './goals.js';
import { memory } from './memory.js';
import { parseOptions } from './options.js';
import { buildCommit, commitOf, UnknownRef } from './ref-build.js';
import { compare, run } from './run.js';
import { soak } from './soak/soak.js';

/** The repository, relative to the built file dist/bench/main.js. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const cleanup = new Cleanup();
cleanup.listenTo('SIGINT', 130);
cleanup.listenTo('SIGTERM', 143);
try {
  await bench();
} catch (error) {
  // Commander has printed its own errors, and the help, which has the exit code 0.
  if (error instanceof CommanderError) process.exitCode = error.exitCode && 2;
  else {
    process.exitCode = error instanceof UnknownRef ? 2 : 1;
    if (!cleanup.interrupted) console.error((error as Error).message);
  }
}

async function bench(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const { only: scenarios, database, instances, rounds, cpuProf, compare: ref } = options;
  const { compareInstances, compareWebhook } = options;
  const here = { root: ROOT, database, instances, cpuProf };
  const print = (line: Line) => {
    console.log(JSON.stringify(options.goals ? withGoals(line) : line));
    const sides = [line, line['a'], line['b']] as ({ errors?: unknown } | undefined)[];
    if (sides.some((side) => Number(side?.errors) > 0)) process.exitCode = 1;
  };
  if (scenarios === 'soak') {
    const line = await soak(here, options, cleanup);
    print(line);
    if (line.reasons.length > 0) throw new Error(line.reasons.join('\n'));
    return;
  }
  if (scenarios === 'memory') {
    print(await memory(here, options, cleanup));
    return;
  }
  const plan = { ...options, scenarios };
  if (compareInstances !== undefined) {
    print({ scenario: 'compare', database, a: { instances: 1 }, b: { instances: compareInstances } });
    const setups = { a: { ...here, instances: 1 }, b: { ...here, instances: compareInstances } };
    (await compare(setups, plan, rounds, cleanup)).forEach(print);
  } else if (compareWebhook) {
    print({ scenario: 'compare', database, instances, a: { webhook: false }, b: { webhook: true } });
    (await compare({ a: here, b: { ...here, webhook: true } }, plan, rounds, cleanup)).forEach(print);
  } else if (ref !== undefined) {
    const commit = await commitOf(ROOT, ref, cleanup);
    print({ scenario: 'compare', database, instances, a: { ref, commit }, b: { ref: 'this tree' } });
    await cleanup.scope(async () => {
      console.error(`builds ${ref}`);
      const there = { ...here, root: await buildCommit(ROOT, commit, cleanup) };
      (await compare({ a: there, b: here }, plan, rounds, cleanup)).forEach(print);
    });
  } else await run(here, plan, cleanup, print);
}

// Measures the built service at production settings; `npm run bench -- --help` explains.
import { fileURLToPath } from 'node:url';
import { Cleanup, cleanUpOnSignals, interrupted } from './cleanup.mjs';
import { compare } from './compare.mjs';
import { withGoals } from './goals.mjs';
import { HELP, parseOptions } from './options.mjs';
import { buildCommit, commitOf, UnknownRef } from './ref-build.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const options = readOptions();
if (options.help) console.log(HELP);
else await bench();

async function bench() {
  cleanUpOnSignals();
  const cleanup = new Cleanup();
  try {
    for await (const line of await linesOf(cleanup)) {
      if (interrupted()) break;
      print(line);
    }
  } catch (error) {
    if (!interrupted()) console.error(/** @type {Error} */ (error).message);
    process.exitCode = error instanceof UnknownRef ? 2 : 1;
  } finally {
    await cleanup.close();
  }
}

/** @param {Cleanup} cleanup */
async function linesOf(cleanup) {
  const { database, instances, cpuProfFolder, compare: ref, compareInstances } = options;
  const here = { root: ROOT, database, instances, cpuProfFolder };
  if (compareInstances !== undefined) {
    print({ scenario: 'compare', database, a: { instances: 1 }, b: { instances: compareInstances } });
    return compare({ a: { ...here, instances: 1 }, b: { ...here, instances: compareInstances } }, options);
  }
  if (ref === undefined) return run(here, options);
  const commit = await commitOf(ROOT, ref, cleanup);
  print({ scenario: 'compare', database, instances, a: { ref, commit }, b: { ref: 'this tree' } });
  console.error(`builds ${ref}`);
  const there = { ...here, root: await buildCommit(ROOT, commit, cleanup) };
  return compare({ a: there, b: here }, options);
}

/** @param {import('./goals.mjs').Line} line */
function print(line) {
  console.log(JSON.stringify(options.goals ? withGoals(line) : line));
  if (failed(line) || failed(line['a']) || failed(line['b'])) process.exitCode = 1;
}

/** @param {unknown} side */
function failed(side) {
  return Number(/** @type {{ errors?: unknown } | undefined} */ (side)?.errors ?? 0) > 0;
}

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

// Measures the built service at production settings; `npm run bench -- --help` explains.
import { withGoals } from './goals.mjs';
import { HELP, parseOptions } from './options.mjs';
import { startStack, stopStack } from './processes.mjs';
import { Population } from './population.mjs';
import { SCENARIOS } from './scenarios.mjs';

const options = readOptions();
if (options.help) console.log(HELP);
else await bench();

async function bench() {
  let interrupted = false;
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    process.once(signal, () => {
      interrupted = true;
      void stopStack().finally(() => process.exit(code));
    });
  }
  try {
    const { api, start } = await startStack(options);
    print({ scenario: 'start', ...start });
    const population = new Population(api);
    for (const scenario of options.scenarios) {
      const figures = await SCENARIOS[scenario](api, population, options.requests);
      if (interrupted) break;
      print({ scenario, ...figures });
      if (figures.errors > 0) process.exitCode = 1;
    }
  } catch (error) {
    // What fails then fails because the service was stopped.
    if (!interrupted) console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  } finally {
    await stopStack();
  }
}

/** @param {import('./goals.mjs').Line} line */
function print(line) {
  console.log(JSON.stringify(options.goals ? withGoals(line) : line));
}

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

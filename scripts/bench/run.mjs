import { Cleanup } from './cleanup.mjs';
import { Population } from './population.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { startService } from './service.mjs';

/**
 * Measures a build on an empty database of its own.
 * @param {import('./service.mjs').Setup} setup
 * @param {Pick<import('./options.mjs').Options, 'scenarios' | 'requests'>} options
 * @returns {AsyncGenerator<import('./goals.mjs').Line, void>} a line for the start and one for each scenario
 * @throws {Error} when the service does not start, or refuses what prepares a scenario
 */
export async function* run(setup, { scenarios, requests }) {
  const cleanup = new Cleanup();
  try {
    const { api, start } = await startService(setup, cleanup);
    yield { scenario: 'start', ...start };
    const population = new Population(api);
    for (const scenario of scenarios)
      yield { scenario, ...(await SCENARIOS[scenario](api, population, requests)) };
  } finally {
    await cleanup.close();
  }
}

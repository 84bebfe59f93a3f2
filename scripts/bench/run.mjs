import { setTimeout as sleep } from 'node:timers/promises';
import { Cleanup } from './cleanup.mjs';
import { largestRss } from './figures.mjs';
import { Population } from './population.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { seed } from './seed.mjs';
import { startService } from './service.mjs';

/** What the start leaves to do is done by then. */
const IDLE_MS = 1000;

/**
 * Measures a build on an empty database of its own.
 * @param {import('./service.mjs').Setup} setup
 * @param {Pick<import('./options.mjs').Options, 'scenarios' | 'requests' | 'users'>} options
 * @returns {AsyncGenerator<import('./goals.mjs').Line, void>} a line for the start, one for the people who were there before, and one for each scenario
 * @throws {Error} when the service does not start, or refuses what prepares a scenario
 */
export async function* run(setup, { scenarios, requests, users }) {
  const cleanup = new Cleanup();
  try {
    const { service, msToListening } = await startService(setup, cleanup);
    await sleep(IDLE_MS);
    yield { scenario: 'start', ms_to_listening: msToListening, rss_idle_mb: largestRss(service) };
    if (users > 0) yield { scenario: 'seeded', ...(await seed(service.database, users)) };
    const population = new Population(service, users);
    for (const scenario of scenarios)
      yield { scenario, ...(await SCENARIOS[scenario](service, population, requests * service.apis.length)) };
  } finally {
    await cleanup.close();
  }
}

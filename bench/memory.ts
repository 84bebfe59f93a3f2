import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from './cleanup.js';
import { largestRss } from './figures.js';
import { MINUTES, type Options } from './options.js';
import { Population } from './population.js';
import { IDLE_MS } from './run.js';
import { SCENARIOS } from './scenarios.js';
import { type Setup, startService } from './service.js';
import { sendTraffic, total } from './soak/traffic.js';

/** Returns the line with the resident memory of the largest instance: after the start, and at the peak of mixed load and bursts of logins. */
export function memory(setup: Setup, options: Options, cleanup: Cleanup) {
  const { minutes = MINUTES.memory, concurrency } = options;
  return cleanup.scope(async () => {
    const { service } = await startService(setup, cleanup);
    await sleep(IDLE_MS);
    const rss_idle_mb = largestRss(service);
    const startedAt = Date.now();
    const { requests, errors, problems } = await sendTraffic(
      service,
      concurrency,
      startedAt + minutes * 60_000,
    );
    const requests_per_second = Math.round((total(requests) * 1000) / (Date.now() - startedAt));
    const burst = await SCENARIOS['login-burst'](service, new Population(service, 0));
    return {
      scenario: 'memory',
      rss_idle_mb,
      rss_peak_mb: largestRss(service, 'VmHWM'),
      requests_per_second,
      requests: total(requests) + burst.requests,
      errors: total(errors) + burst.errors,
      problems,
    };
  });
}

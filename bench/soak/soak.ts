import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../cleanup.js';
import { MINUTES, type Options } from '../options.js';
import { type Service, type Setup, startService } from '../service.js';
import { type Sample, sampleOf } from './samples.js';
import { sendTraffic, total } from './traffic.js';
import { reasonsOf, reportOf } from './verdict.js';

const SAMPLE_EVERY_MS = 2000;
/** The time for the queued writes after the last answer. */
const DRAIN_MS = 2000;

/** Sends mixed requests for some minutes, and returns the line with the verdict. `reasons` is empty if the service passed. */
export function soak(setup: Setup, options: Options, cleanup: Cleanup) {
  const { minutes = MINUTES.soak, concurrency, samples: file } = options;
  return cleanup.scope(async () => {
    const settings = { ACCESS_TOKEN_TTL_SECONDS: '60' };
    const { service } = await startService({ ...setup, settings, metrics: true }, cleanup);
    const startedAt = Date.now();
    const traffic = sendTraffic(service, concurrency, startedAt + minutes * 60_000);
    const samples = await samplesDuring(traffic, service, file);
    const { requests, errors, problems } = await traffic;
    const seconds = (Date.now() - startedAt) / 1000;
    await sleep(DRAIN_MS);
    const rest = await Promise.all(service.apis.map(sampleOf));
    const samplesOf = (index: number) => samples.flatMap((all) => all[index] ?? []);
    const processes = rest.map((sample, index) => reportOf(samplesOf(index), sample));
    const reasons = reasonsOf(processes, total(errors), seconds / 60);
    return {
      scenario: 'soak',
      database: setup.database,
      instances: setup.instances,
      seconds: Math.round(seconds),
      requests_per_second: Math.round(total(requests) / seconds),
      ...{ requests, errors, problems, processes },
      verdict: reasons.length === 0 ? 'holds' : 'does not hold',
      reasons,
    };
  });
}

/** Samples all instances at intervals until the traffic ends, and appends each sample to a file. */
async function samplesDuring(traffic: Promise<unknown>, { apis }: Service, file: string | undefined) {
  const finished = traffic.then(() => true);
  const samples: (Sample | undefined)[][] = [];
  while (!(await Promise.race([finished, sleep(SAMPLE_EVERY_MS, false)]))) {
    const sample = await Promise.all(apis.map(sampleOf));
    samples.push(sample);
    const lines = sample.map((each, index) => `${JSON.stringify({ process: index + 1, ...each })}\n`);
    if (file !== undefined) appendFileSync(file, lines.join(''));
  }
  return samples;
}

import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../cleanup.js';
import type { Options } from '../options.js';
import { type Service, type Setup, startService } from '../service.js';
import { type Sample, sampleOf } from './samples.js';
import { sendTraffic, total } from './traffic.js';
import { reasonsOf, reportOf } from './verdict.js';

const SAMPLE_EVERY_MS = 2000;
/** For what is still in the queue when the last request is answered. */
const REST_MS = 2000;

/** Sends everything that phones send, and returns its line, whose `reasons` are empty if the service held. */
export function soak(setup: Setup, { minutes, concurrency, samples: file }: Options, cleanup: Cleanup) {
  return cleanup.scope(async () => {
    const settings = { ACCESS_TOKEN_TTL_SECONDS: '60' };
    const { service } = await startService({ ...setup, settings, metrics: true }, cleanup);
    const startedAt = Date.now();
    const traffic = sendTraffic(service, concurrency, startedAt + minutes * 60_000);
    const samples = await samplesDuring(traffic, service, file);
    const { requests, errors, problems } = await traffic;
    const seconds = (Date.now() - startedAt) / 1000;
    await sleep(REST_MS);
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

/** Returns one sample of each instance each time, and appends each to a file. */
async function samplesDuring(traffic: Promise<unknown>, { apis }: Service, file: string | undefined) {
  const over = traffic.then(() => true);
  const samples: (Sample | undefined)[][] = [];
  while (!(await Promise.race([over, sleep(SAMPLE_EVERY_MS, false)]))) {
    const sample = await Promise.all(apis.map(sampleOf));
    samples.push(sample);
    const lines = sample.map((each, index) => `${JSON.stringify({ process: index + 1, ...each })}\n`);
    if (file !== undefined) appendFileSync(file, lines.join(''));
  }
  return samples;
}

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type CircuitReport, WEIXIN_CALLS } from '@app/weixin-api';
import { bounded, PREFIX, SECONDS } from './labels.js';
import { type Unsubscribe, watch } from './watch.js';

/** WeChat documents about 250 errcodes; one that it makes up anew each time must not fill the memory. */
const MAX_ERRCODES = 100;

/**
 * WeChat's answers as they look from here.
 * @param circuits what the circuit breakers do now
 */
export function weixinMetrics(registry: Registry, circuits: () => CircuitReport[]): Unsubscribe[] {
  const registers = [registry];
  const labelOf = bounded(MAX_ERRCODES);
  const duration = new Histogram({
    name: `${PREFIX}weixin_call_duration_seconds`,
    help: 'Time of a call to WeChat, from connecting to the last byte',
    labelNames: ['path', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const errcodes = new Counter({
    name: `${PREFIX}weixin_errcodes_total`,
    help: 'Answers of WeChat with an errcode that is not 0',
    labelNames: ['path', 'errcode'],
    registers,
  });
  new Gauge({
    name: `${PREFIX}weixin_circuit_open`,
    help: '1 while an app’s calls of a path are not made because WeChat does not answer them, 0.5 while one call tries, 0 otherwise',
    labelNames: ['appid', 'path'],
    registers,
    collect() {
      this.reset();
      for (const { appid, path, state } of circuits()) this.set({ appid, path }, OPENNESS[state]);
    },
  });
  return [
    watch(WEIXIN_CALLS, ({ path, errcode = 0 }, { problem, seconds }) => {
      duration.observe({ path, outcome: problem ?? (errcode === 0 ? 'ok' : 'errcode') }, seconds);
      if (errcode !== 0) errcodes.inc({ path, errcode: labelOf(String(errcode)) });
    }),
  ];
}

const OPENNESS = { closed: 0, half_open: 0.5, open: 1 } as const;

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type CircuitReport, WEIXIN_CALL_EVENTS } from '@app/weixin-api';
import { bounded, PREFIX, SECONDS } from './labels.js';
import { type Unsubscribe, watch } from './watch.js';

/** WeChat documents about 250 errcodes. The limit protects the memory if WeChat returns arbitrary ones. */
const MAX_ERRCODES = 100;

/**
 * Registers the metrics of calls to WeChat.
 * @param circuits returns the state of the circuit breakers
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
    help: 'Circuit of an app and a path: 1 while calls are refused because WeChat does not answer, 0.5 during a trial call, else 0',
    labelNames: ['appid', 'path'],
    registers,
    collect() {
      this.reset();
      for (const { appid, path, state } of circuits()) this.set({ appid, path }, OPENNESS[state]);
    },
  });
  return [
    watch(WEIXIN_CALL_EVENTS, ({ path, errcode = 0 }, { problem, seconds }) => {
      duration.observe({ path, outcome: problem ?? (errcode === 0 ? 'ok' : 'errcode') }, seconds);
      if (errcode !== 0) errcodes.inc({ path, errcode: labelOf(String(errcode)) });
    }),
  ];
}

const OPENNESS = { closed: 0, half_open: 0.5, open: 1 } as const;

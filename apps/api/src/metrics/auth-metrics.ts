import { Counter, type Registry } from 'prom-client';
import { ENDED_SESSIONS, REFRESHES } from '@app/auth';
import { LOGINS } from '@app/weixin';
import { PREFIX } from './labels.js';
import { type Unsubscribe, watch, watchCounts } from './watch.js';

/** Logins, refreshes, ended sessions. Each successful login opens one session. */
export function authMetrics(registry: Registry): Unsubscribe[] {
  const registers = [registry];
  const logins = new Counter({
    name: `${PREFIX}logins_total`,
    help: 'Logins by mini-program and outcome: success, or the code of the problem. What a limit refused before is in the requests',
    labelNames: ['appid', 'outcome'],
    registers,
  });
  const refreshes = new Counter({
    name: `${PREFIX}refreshes_total`,
    help: 'Refreshes by outcome: rotated, repeated (the same token again within the grace), or the code of the problem',
    labelNames: ['outcome'],
    registers,
  });
  const ended = new Counter({
    name: `${PREFIX}sessions_ended_total`,
    help: 'Sessions ended before their time: logged out, replaced, ended by their user, stolen. Those that expire are not among them',
    registers,
  });
  return [
    watch(LOGINS, ({ appid = 'unknown' }, { problem = 'success' }) => {
      logins.inc({ appid, outcome: problem });
    }),
    watch(REFRESHES, ({ outcome = 'none' }, { problem = outcome }) => {
      refreshes.inc({ outcome: problem });
    }),
    watchCounts(ENDED_SESSIONS, (count) => {
      ended.inc(count);
    }),
  ];
}

import { Counter, type Registry } from 'prom-client';
import { SESSION_END_EVENTS, REFRESH_EVENTS } from '@app/auth';
import { LOGIN_EVENTS } from '@app/weixin';
import { PREFIX } from './labels.js';
import { type Unsubscribe, watch, watchMessages } from './watch.js';

/** Registers the metrics of logins, refreshes and ended sessions. Each successful login opens one session. */
export function authMetrics(registry: Registry): Unsubscribe[] {
  const registers = [registry];
  const logins = new Counter({
    name: `${PREFIX}logins_total`,
    help: 'Logins by mini-program and outcome: success, or the code of the problem. Without requests that a rate limit refused',
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
    help: 'Sessions ended before they expired: logged out, replaced, ended by their user, revoked after reuse of a token',
    registers,
  });
  return [
    watch(LOGIN_EVENTS, ({ appid = 'unknown' }, { problem = 'success' }) => {
      logins.inc({ appid, outcome: problem });
    }),
    watch(REFRESH_EVENTS, ({ outcome = 'none' }, { problem = outcome }) => {
      refreshes.inc({ outcome: problem });
    }),
    watchMessages(SESSION_END_EVENTS, (count) => {
      ended.inc(Number(count));
    }),
  ];
}

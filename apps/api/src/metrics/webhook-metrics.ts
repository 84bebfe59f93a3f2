import { Counter, Gauge, type Registry } from 'prom-client';
import { WEBHOOK_ATTEMPT_EVENTS } from '@app/webhooks';
import { PREFIX } from './labels.js';
import { type Unsubscribe, watchMessages } from './watch.js';

/**
 * Registers the metrics of webhooks.
 * @param oldestPendingMs returns the age of the oldest message that is not delivered, in milliseconds; 0 if there is none
 */
export function webhookMetrics(registry: Registry, oldestPendingMs: () => Promise<number>): Unsubscribe[] {
  const registers = [registry];
  const attempts = new Counter({
    name: `${PREFIX}webhook_attempts_total`,
    help: 'Attempts to deliver a webhook by outcome: delivered, failed, or dead (the last attempt of three days failed)',
    labelNames: ['outcome'],
    registers,
  });
  new Gauge({
    name: `${PREFIX}webhook_oldest_pending_seconds`,
    help: 'Age of the oldest message that waits for its delivery by any instance; 0 if none waits',
    registers,
    async collect() {
      try {
        this.set((await oldestPendingMs()) / 1000);
      } catch {
        // The other metrics show that the database does not answer. Without a value, this one shows no old one.
        this.reset();
      }
    },
  });
  return [
    watchMessages(WEBHOOK_ATTEMPT_EVENTS, (outcome) => {
      attempts.inc({ outcome: String(outcome) });
    }),
  ];
}

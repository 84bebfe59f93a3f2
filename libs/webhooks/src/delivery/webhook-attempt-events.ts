import { channel } from 'node:diagnostics_channel';

/** How an attempt ended. `dead`: it failed, and there is no further one. */
export type WebhookOutcome = 'delivered' | 'failed' | 'dead';

/** Publishes the {@link WebhookOutcome} of each attempt, after its commit. */
export const WEBHOOK_ATTEMPT_EVENTS = channel('weapp-passport:webhook-attempts');

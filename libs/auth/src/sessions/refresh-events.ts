import { tracingChannel } from 'node:diagnostics_channel';

/** A refresh that succeeded or failed. */
export interface RefreshEvent {
  /** If tokens were issued: `rotated`, or `repeated` for the same token again within the grace. */
  outcome?: string;
}

/** Publishes every refresh. */
export const REFRESH_EVENTS = tracingChannel<unknown, RefreshEvent>('weapp-passport:refresh');

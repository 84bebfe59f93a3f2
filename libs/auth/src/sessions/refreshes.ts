import { tracingChannel } from 'node:diagnostics_channel';

/** One refresh, whatever came of it. */
export interface ObservedRefresh {
  /** If tokens were given: `rotated`, or `repeated` for the same token again within the grace. */
  outcome?: string;
}

/** Tells of every refresh those who subscribe. */
export const REFRESHES = tracingChannel<unknown, ObservedRefresh>('weapp-passport:refresh');

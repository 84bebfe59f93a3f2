import { channel } from 'node:diagnostics_channel';

/** Tells those who subscribe how many sessions were just ended here: a number. */
export const ENDED_SESSIONS = channel('weapp-passport:ended-sessions');

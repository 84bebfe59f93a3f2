import { channel } from 'node:diagnostics_channel';

/** Publishes how many sessions this instance has just ended: a number. */
export const SESSION_END_EVENTS = channel('weapp-passport:ended-sessions');

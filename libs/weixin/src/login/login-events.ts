import { tracingChannel } from 'node:diagnostics_channel';

/** A login that succeeded or failed. */
export interface LoginEvent {
  /** The mini-program; undefined if this service does not serve it. */
  readonly appid: string | undefined;
}

/** Publishes every login. */
export const LOGIN_EVENTS = tracingChannel<unknown, LoginEvent>('weapp-passport:login');

import { tracingChannel } from 'node:diagnostics_channel';

/** One login, whatever came of it. */
export interface ObservedLogin {
  /** The mini-program; undefined for one that this service does not serve. */
  readonly appid: string | undefined;
}

/** Tells of every login those who subscribe. */
export const LOGINS = tracingChannel<unknown, ObservedLogin>('weapp-passport:login');

import { attempt } from './attempt.js';

/**
 * A decision of the client: `login`, `refresh`, `adopt` (tokens of another copy, or of the tutorial's page), `login_again`
 * (the service refused a code), `resend` (after a 401), `retry`, `wait` (for another copy, for WeChat, or
 * after failures), `logout`, `storage` (an access failed), `listener` (a listener threw), `end_session` (it could not be
 * ended yet).
 */
export type LogEvent =
  | 'login'
  | 'refresh'
  | 'adopt'
  | 'login_again'
  | 'resend'
  | 'retry'
  | 'wait'
  | 'logout'
  | 'storage'
  | 'listener'
  | 'end_session';

/** The details of a decision. They contain no token, no code and no body. */
export interface LogDetails {
  /** The code of the problem that led to it. */
  code?: string;
  /** The path of a call, or the key of a storage access. */
  path?: string;
  /** The time in milliseconds that the client waits before it continues. */
  waitMs?: number;
  /** The text of an error of the platform or of a listener. */
  detail?: string;
}

/** Receives each decision of the client. */
export type Log = (event: LogEvent, details?: LogDetails) => void;

/** Returns a log that never throws. */
export function safeLog(log: Log | undefined): Log {
  return (event, details) => {
    if (log)
      attempt(() => {
        log(event, details);
      });
  };
}

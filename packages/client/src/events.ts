import type { Json } from './json.js';
import type { Log } from './log.js';

/** The logged-in user. */
export interface User {
  /** The service's `user_id`. */
  readonly id: string;
}

/** A change of the login state. */
export type AuthChange =
  | { type: 'logged_in'; user: User; isNewUser: boolean }
  | { type: 'refreshed'; user: User }
  | {
      type: 'logged_out';
      /** `logout`: `logout()` here or in another copy of the client; `ended`: the session was ended elsewhere. */
      reason: 'logout' | 'ended';
      /** With `ended`: `user` (from another device), `operator` or `deletion`. */
      endedBy?: string;
      /** With `ended`: when, ISO 8601. */
      endedAt?: string;
    };

export type AuthListener = (change: AuthChange) => void;

/** Creates the list of listeners. An exception of a listener affects neither the other listeners nor the login. */
export function createEvents(log: Log): { on: (listener: AuthListener) => () => void; emit: AuthListener } {
  let listeners: AuthListener[] = [];
  return {
    on(listener) {
      listeners.push(listener);
      return () => {
        listeners = listeners.filter((one) => one !== listener);
      };
    },
    emit(change) {
      listeners.forEach((listener) => {
        try {
          listener(change);
        } catch (error) {
          log('listener', { detail: String(error) });
        }
      });
    },
  };
}

/** Returns the event of a logout. @param why the problem members of the service, if the session was ended elsewhere */
export function loggedOutEvent({ ended_by, ended_at }: Json): AuthChange {
  return ended_by === undefined
    ? { type: 'logged_out', reason: 'logout' }
    : { type: 'logged_out', reason: 'ended', endedBy: ended_by as string, endedAt: ended_at as string };
}

import type { Session } from '../sessions/session.entity.js';

/** What the tokens of a session are made of. */
export interface TokenSubject extends Pick<Session, 'id' | 'userId' | 'appid' | 'generation'> {
  /**
   * Milliseconds until the session ends. A duration: the row has the time of the database's clock, and tokens have that of
   * this machine.
   */
  readonly lifeMs: number;
}

/** The session that tokens are issued for. */
export interface TokenSubject {
  /** Session id, `sid`. */
  readonly id: string;
  readonly userId: string;
  readonly appid: string;
  /** `gen` of the refresh token. */
  readonly generation: number;
  /**
   * Milliseconds until the session ends. A duration: the row has the time of the database's clock, and tokens have that of
   * this machine.
   */
  readonly lifeMs: number;
}

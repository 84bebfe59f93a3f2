/** The session that tokens are issued for. */
export interface TokenSubject {
  /** Session id, `sid`. */
  readonly id: string;
  readonly userId: string;
  readonly appid: string;
  /** `gen` of the refresh token. */
  readonly generation: number;
  /**
   * Milliseconds until the session ends. A duration, because the row has times of the database's clock, and tokens have
   * times of this machine's.
   */
  readonly lifeMs: number;
  /** JSON text of the user's custom claims; null: none. */
  readonly customClaims: string | null;
}

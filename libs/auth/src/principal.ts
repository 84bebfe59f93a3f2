/** Who a request comes from, as a verified access token says. */
export interface Principal {
  /** Our id of the user, `sub`. */
  readonly userId: string;
  /** The login the token belongs to, `sid`. */
  readonly sessionId: string;
  /** The mini-program the user logged in through, `client_id`. */
  readonly appid: string;
  /** The key that signed the token, `kid`. */
  readonly keyId: string;
  /** `exp` in epoch seconds. */
  readonly expiresAtSeconds: number;
}

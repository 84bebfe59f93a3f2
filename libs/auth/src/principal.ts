/** The sender of a request, from its verified access token. */
export interface Principal {
  /** The user's id in this service, `sub`. */
  readonly userId: string;
  /** The session of the token, `sid`. */
  readonly sessionId: string;
  /** The mini-program of the login, `client_id`. */
  readonly appid: string;
  /** The key that signed the token, `kid`. */
  readonly keyId: string;
  /** `exp` in epoch seconds. */
  readonly expiresAtSeconds: number;
}

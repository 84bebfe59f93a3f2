/** The claims of an access token, with the custom claims of its user. */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  /** User id. */
  readonly sub: string;
  /** Session id. */
  readonly sid: string;
  readonly jti: string;
  /** Epoch seconds, like {@link exp}. */
  readonly iat: number;
  readonly exp: number;
  readonly token_type: 'access';
  /** The appid of the mini-program. */
  readonly client_id: string;
  /** A custom claim. An operator may have set any JSON value. */
  readonly [name: string]: unknown;
}

/** The sender of a request, from a verified access token. */
export interface PassportUser {
  /** The id of the user in weapp-passport, a UUID: the key of your own rows. Only a merge of two users changes it. */
  readonly userId: string;
  /** One login on one device. */
  readonly sessionId: string;
  /** The mini-program through which the user logged in. */
  readonly appid: string;
}

/** Returns whether a payload has each claim of an access token, of its type. */
export function isAccessToken(payload: Readonly<Record<string, unknown>>): boolean {
  const texts = ['sub', 'sid', 'jti', 'client_id'].map((name) => payload[name]);
  return payload['token_type'] === 'access' && texts.every((text) => typeof text === 'string' && text !== '');
}

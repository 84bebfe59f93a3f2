import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';
import { hasClaims } from './has-claims.js';

/** The claims of an access token besides the user's custom claims, named as in RFC 7519 and RFC 9068. */
export interface AccessTokenClaims {
  iss: string;
  aud: string;
  /** User id. */
  sub: string;
  /** Session id. */
  sid: string;
  jti: string;
  /** Epoch seconds, like {@link exp}. */
  iat: number;
  exp: number;
  token_type: 'access';
  /** The mini-program's appid. */
  client_id: string;
}

/** The clock of another instance may be ahead by this much. */
const CLOCK_SKEW_SECONDS = 60;

/**
 * Checks what jsonwebtoken does not: that every claim is present and of its type, and that the token is an access token,
 * was not issued in the future and does not live longer than tokens of this service.
 * @param payload of a token whose signature, issuer, audience and expiry are valid
 * @param onFuture called with the seconds until `iat`, if those are more than the tolerance
 * @throws {Problem} `token_invalid`
 */
export function principalOf(
  payload: unknown,
  ttlSeconds: number,
  onFuture: (seconds: number) => void,
): Omit<Principal, 'keyId'> {
  if (!hasClaims<AccessTokenClaims>(payload, 'access', ['jti', 'client_id']))
    throw new Problem('token_invalid');
  const { sub, sid, client_id, iat, exp } = payload;
  const aheadSeconds = iat - Date.now() / 1000;
  const isFromFuture = aheadSeconds > CLOCK_SKEW_SECONDS;
  if (isFromFuture) onFuture(aheadSeconds);
  if (isFromFuture || exp - iat > ttlSeconds) throw new Problem('token_invalid');
  return { userId: sub, sessionId: sid, appid: client_id, expiresAtSeconds: exp };
}

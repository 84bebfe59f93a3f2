import { Problem } from '@app/problem';
import type { Principal } from '../principal.js';

/** The claims of an access token (RFC 7519, RFC 9068 where it has a word for them). */
export interface AccessTokenClaims {
  iss: string;
  aud: string;
  /** Our user id. */
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

/** Another instance's clock may be ahead by this much. */
const CLOCK_SKEW_SECONDS = 60;

/**
 * Checks what jsonwebtoken leaves unchecked: that every claim is there and of its type, that the token is an access token,
 * not from the future and not longer-lived than tokens of this service are.
 * @param payload of a token whose signature, issuer, audience and expiry hold
 * @param onFuture is called with the seconds that the token is from the future, if those are too many
 * @throws {Problem} `token_invalid`
 */
export function principalOf(
  payload: unknown,
  ttlSeconds: number,
  onFuture: (seconds: number) => void,
): Omit<Principal, 'keyId'> {
  if (!isAccessTokenClaims(payload)) throw new Problem('token_invalid');
  const { sub, sid, client_id, iat, exp } = payload;
  const aheadSeconds = iat - Date.now() / 1000;
  const isFromFuture = aheadSeconds > CLOCK_SKEW_SECONDS;
  if (isFromFuture) onFuture(aheadSeconds);
  if (isFromFuture || exp - iat > ttlSeconds) throw new Problem('token_invalid');
  return { userId: sub, sessionId: sid, appid: client_id, expiresAtSeconds: exp };
}

function isAccessTokenClaims(payload: unknown): payload is AccessTokenClaims {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const claims = payload as Record<string, unknown>;
  return (
    ['iss', 'aud', 'sub', 'sid', 'jti', 'client_id'].every((name) => typeof claims[name] === 'string') &&
    ['iat', 'exp'].every((name) => Number.isSafeInteger(claims[name])) &&
    claims['token_type'] === 'access'
  );
}

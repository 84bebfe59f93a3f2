import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { JwtAlgorithm } from '@app/config';

/** A key that verifies, in memory. KeyObjects, because jsonwebtoken needs 300 µs more a call for keys given as text. */
export interface TokenKey {
  /** `kid` of the token's header. */
  readonly id: string;
  readonly algorithm: JwtAlgorithm;
  readonly verifyWith: KeyObject;
}

/** The one key that signs. */
export interface SigningTokenKey extends TokenKey {
  readonly signWith: KeyObject;
}

/** The public half of a key as JWKS lists it (RFC 7517). */
export type PublicJwk = JsonWebKey & { kid: string; alg: string; use: 'sig' };

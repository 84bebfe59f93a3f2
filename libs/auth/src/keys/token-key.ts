import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { JwtAlgorithm } from '@app/config';

/** A key of tokens. KeyObjects, because jsonwebtoken needs 300 µs more per call for a key given as text. */
export interface TokenKey {
  /** `kid` of the token's header. */
  readonly id: string;
  readonly algorithm: JwtAlgorithm;
  readonly signWith: KeyObject;
  readonly verifyWith: KeyObject;
}

/** A public key as an entry of the JWKS (RFC 7517). */
export type PublicJwk = JsonWebKey & { kid: string; alg: string; use: 'sig' };

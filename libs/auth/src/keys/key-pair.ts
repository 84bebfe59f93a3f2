import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** A new P-256 key pair (RFC 7518 section 3.4) as JWKs. */
export interface KeyPair {
  /** The JWK thumbprint of the public key (RFC 7638), 43 characters. */
  readonly id: string;
  readonly publicJwk: JsonWebKey;
  readonly privateJwk: JsonWebKey;
}

/** Generates a key pair for ES256. */
export function generateKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  return {
    id: createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url'),
    publicJwk: { kty, crv, x, y } as JsonWebKey,
    privateJwk: privateKey.export({ format: 'jwk' }),
  };
}

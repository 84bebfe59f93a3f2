import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Sealer } from '@app/crypto';
import type { SigningKey } from './signing-key.entity.js';

/**
 * Opens the private half of a signing key.
 * @throws {UnsealError}
 */
export function privateHalf(sealer: Sealer, { id, privateKey }: SigningKey): KeyObject {
  const privateJwk = JSON.parse(sealer.unseal(privateKey, placeOf(id))) as JsonWebKey;
  return createPrivateKey({ key: privateJwk, format: 'jwk' });
}

/** Where the private half of a signing key is sealed to. */
export const placeOf = (id: string) => ({ table: 'signing_keys', column: 'private_key', primaryKey: id });

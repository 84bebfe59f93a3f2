import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { SealerService } from '@app/crypto';
import type { SigningKey } from './signing-key.entity.js';
import type { PublicJwk } from './token-key.js';

/** A signing key in memory. Both halves come from the sealed private one, which only `SECRET_KEY` can make. */
export interface OpenedKey {
  readonly signWith: KeyObject;
  readonly verifyWith: KeyObject;
  readonly jwk: PublicJwk;
}

/** The stored public half is not that of the sealed private half: the row was changed by something else than this service. */
export class KeyMismatchError extends Error {
  constructor(id: string) {
    super(
      `signing_keys.public_jwk of ${id} is not the public half of the sealed private key: the row was changed in the ` +
        'database. Restore it from a backup, or delete the row, which ends the access tokens of this key',
    );
    this.name = 'KeyMismatchError';
  }
}

/**
 * Opens a signing key.
 * @throws {UnsealError}
 * @throws {KeyMismatchError}
 */
export function openKey(sealer: SealerService, { id, privateKey, publicJwk }: SigningKey): OpenedKey {
  const privateJwk = JSON.parse(sealer.unseal(privateKey, placeOf(id))) as JsonWebKey;
  const signWith = createPrivateKey({ key: privateJwk, format: 'jwk' });
  const verifyWith = createPublicKey(signWith);
  const jwk = verifyWith.export({ format: 'jwk' });
  if (!isDeepStrictEqual(jsonOf(publicJwk), { ...jwk })) throw new KeyMismatchError(id);
  return { signWith, verifyWith, jwk: { ...jwk, kid: id, alg: 'ES256', use: 'sig' } };
}

/** Where the private half of a signing key is sealed to. */
export const placeOf = (id: string) => ({ table: 'signing_keys', column: 'private_key', primaryKey: id });

/** @returns undefined for text that is not JSON */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '@app/common';
import type { SealerService } from '@app/crypto';
import type { SigningKey } from './signing-key.entity.js';
import type { PublicJwk, TokenKey } from './token-key.js';

/** A signing key in memory. Both halves come from the sealed private key, which only `SECRET_KEY` can produce. */
export interface OpenedKey extends TokenKey {
  readonly jwk: PublicJwk;
}

/** Reports that the stored public key does not match the sealed private key: another program changed the row. */
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
 * @throws {UnsealError | KeyMismatchError}
 */
export function openKey(sealer: SealerService, { id, privateKey, publicJwk }: SigningKey): OpenedKey {
  const privateJwk = JSON.parse(sealer.unseal(privateKey, privateKeyColumn(id))) as JsonWebKey;
  const signWith = createPrivateKey({ key: privateJwk, format: 'jwk' });
  const verifyWith = createPublicKey(signWith);
  const jwk = verifyWith.export({ format: 'jwk' });
  if (!isDeepStrictEqual(parseJson(publicJwk), { ...jwk })) throw new KeyMismatchError(id);
  const algorithm = 'ES256';
  return { id, algorithm, signWith, verifyWith, jwk: { ...jwk, kid: id, alg: algorithm, use: 'sig' } };
}

/** Returns the column and the row that a private key is sealed for. */
export const privateKeyColumn = (id: string) => ({
  table: 'signing_keys',
  column: 'private_key',
  primaryKey: id,
});

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
/** Of no secret. */
const NO_HASH = Buffer.alloc(32);

/** Returns a new `client_secret`: 256 random bits, 43 characters of base64url. */
export const newClientSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/**
 * Returns what is stored of a secret. A plain SHA-256 is enough for 256 random bits, and does not depend on `SECRET_KEY`:
 * a rotation of that key ends no service account.
 */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** Compares a secret with the stored hashes. Takes the same time for every secret, also if there is no hash. */
export function isSecretOf(secret: string, hashes: readonly (string | null | undefined)[]): boolean {
  const given = createHash('sha256').update(secret).digest();
  const matches = hashes.map((hash) => {
    const isEqual = timingSafeEqual(given, hash ? Buffer.from(hash, 'base64url') : NO_HASH);
    return isEqual && Boolean(hash);
  });
  return matches.includes(true);
}

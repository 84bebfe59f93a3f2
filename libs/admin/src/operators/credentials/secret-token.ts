import { createHash, randomBytes } from 'node:crypto';

/** The form of a token of {@link newSecretToken}. */
export const SECRET_TOKEN = /^[\w-]{43}$/;

/** Returns a new value of a cookie or of an invitation link: 256 random bits, 43 characters of base64url. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** Returns what is stored of a secret of 80 random bits or more. A plain SHA-256 is enough for those. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

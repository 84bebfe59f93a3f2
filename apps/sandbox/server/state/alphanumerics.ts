import { randomBytes } from 'node:crypto';

const ALPHANUMERICS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random characters of 0-9, A-Z and a-z. */
export function alphanumerics(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHANUMERICS.charAt(byte % 62)).join('');
}

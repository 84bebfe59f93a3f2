import { createDecipheriv } from 'node:crypto';

const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
/** WeChat pads to blocks of 32 bytes, twice those of AES. */
const MAX_PADDING = 32;

/**
 * Decrypts the member `Encrypt` of a push: AES-256-CBC of 16 random bytes, the length of the content in four bytes, the
 * content, and the appid. Its signature must have been verified before: CBC detects no change.
 * @param encrypted base64
 * @returns the content; undefined if the key is another one, or the content is for another app
 */
export function decryptPush(encodingAesKey: string, appid: string, encrypted: string): Buffer | undefined {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  const end = padded.length - padding;
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (padding < 1 || padding > MAX_PADDING || end < start) return undefined;
  const contentEnd = start + padded.readUInt32BE(RANDOM_BYTES);
  if (contentEnd > end || padded.toString('utf8', contentEnd, end) !== appid) return undefined;
  return padded.subarray(start, contentEnd);
}

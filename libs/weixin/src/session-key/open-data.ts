import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';

/** What `encryptedData` holds, whatever kind of data it is. */
export type OpenData = Readonly<Record<string, unknown>>;

/**
 * Decrypts open data: AES-128-CBC, PKCS#7, of a JSON object.
 * @param encryptedData base64, as `iv` and `sessionKey` are; its form was checked by `IsEncryptedData`
 * @param appid the mini-program the data must be of, by its watermark
 * @returns undefined if it does not open, without a reason
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function decryptOpenData(
  sessionKey: string,
  appid: string,
  encryptedData: string,
  iv: string,
): OpenData | undefined {
  try {
    // Throws for a key or an iv that is not 16 bytes long.
    const decipher = createDecipheriv('aes-128-cbc', bytesOf(sessionKey), bytesOf(iv));
    const plaintext = Buffer.concat([decipher.update(bytesOf(encryptedData)), decipher.final()]);
    // Nothing authenticates the ciphertext, and a changed block decrypts to random bytes. In lenient text those would pass
    // as characters: after enough attempts a caller could splice blocks into data of their own choice.
    if (!isUtf8(plaintext)) return undefined;
    const data: unknown = JSON.parse(plaintext.toString('utf8'));
    return isObject(data) && isObject(data['watermark']) && data['watermark']['appid'] === appid
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

const isObject = (value: unknown): value is OpenData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

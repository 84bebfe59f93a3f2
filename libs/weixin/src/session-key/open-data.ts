import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';

/** The JSON object in `encryptedData`. */
export type OpenData = Readonly<Record<string, unknown>>;

/**
 * Decrypts open data: a JSON object under AES-128-CBC with PKCS#7.
 * @param encryptedData base64, like `iv` and `sessionKey`; validated by `IsEncryptedData`
 * @param appid the mini-program that the watermark must name
 * @returns undefined if decryption fails, without a reason
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
    // The ciphertext is not authenticated: a changed block decrypts to random bytes. A lenient decoder would accept those
    // as characters, so a caller could splice blocks into data of their choice after enough attempts.
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

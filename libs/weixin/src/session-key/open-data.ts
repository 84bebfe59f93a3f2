import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';

/** What `encryptedData` holds, whatever kind of data it is. */
export type OpenData = Readonly<Record<string, unknown>>;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const KEY_BYTES = 16;
const IV_BYTES = 16;

/**
 * Decrypts open data: AES-128-CBC, PKCS#7, of a JSON object.
 * @param encryptedData base64, as `iv` and `sessionKey` are
 * @param appid the mini-program the data must be of, by its watermark
 * @returns undefined when it does not open, whatever the reason
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function decryptOpenData(
  sessionKey: string,
  appid: string,
  encryptedData: string,
  iv: string,
): OpenData | undefined {
  const [key, vector, ciphertext] = [sessionKey, iv, encryptedData].map(bytesOf);
  if (key?.length !== KEY_BYTES || vector?.length !== IV_BYTES || !ciphertext) return undefined;
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, vector);
    const plaintext = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    // Nothing authenticates the ciphertext, and a changed block decrypts to random bytes. In lenient text those would pass
    // as characters: whoever tried often enough could splice blocks into data of their own choice.
    if (!isUtf8(plaintext)) return undefined;
    const data: unknown = JSON.parse(plaintext.toString('utf8'));
    return isObject(data) && isObject(data['watermark']) && data['watermark']['appid'] === appid
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}

const bytesOf = (text: string) => (BASE64.test(text) ? Buffer.from(text, 'base64') : undefined);

const isObject = (value: unknown): value is OpenData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

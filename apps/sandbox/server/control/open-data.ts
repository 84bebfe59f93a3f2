import { createCipheriv, hash, randomBytes } from 'node:crypto';

/** What the phone gives a mini-program of data that WeChat vouches for. */
export interface OpenData {
  /** Base64; AES-128-CBC with PKCS#7 padding, the key being what the session_key encodes. */
  encryptedData: string;
  /** Base64 of 16 bytes. */
  iv: string;
  rawData: string;
  /** hex(SHA-1(rawData + session_key)), the session_key as text. */
  signature: string;
}

/**
 * Seals `secret` and signs `open`, both JSON, with a session_key.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function makeOpenData(session_key: string, open: object, secret: object): OpenData {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(session_key, 'base64'), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secret)), cipher.final()]);
  const rawData = JSON.stringify(open);
  return {
    encryptedData: sealed.toString('base64'),
    iv: iv.toString('base64'),
    rawData,
    signature: rawDataSignature(rawData, session_key),
  };
}

/** hex(SHA-1(rawData + session_key)). */
export function rawDataSignature(rawData: string, session_key: string): string {
  return hash('sha1', rawData + session_key, 'hex');
}

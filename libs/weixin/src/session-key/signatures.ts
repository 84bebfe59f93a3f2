import { createHash, createHmac } from 'node:crypto';

/**
 * Returns the signature that WeChat sends with `rawData`: hex of SHA-1 over rawData and the session_key as text.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function rawDataSignature(rawData: string, sessionKey: string): string {
  return createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex');
}

/**
 * Returns the signature that WeChat expects as proof of the session_key: hex of HMAC-SHA256. The key is its text, not its
 * bytes.
 * @param message '' for checkSessionKey and resetUserSessionKey
 * @see https://developers.weixin.qq.com/minigame/dev/tutorial/open-ability/http-signature.html
 */
export function sessionKeySignature(sessionKey: string, message: string): string {
  return createHmac('sha256', sessionKey).update(message).digest('hex');
}

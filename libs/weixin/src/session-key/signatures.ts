import { createHash, createHmac } from 'node:crypto';

/**
 * The signature WeChat puts beside `rawData`: hex of SHA-1 over rawData and the session_key as text.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function rawDataSignature(rawData: string, sessionKey: string): string {
  return createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex');
}

/**
 * What proves to WeChat that one has the session_key: hex of HMAC-SHA256, the key being its text and not its bytes.
 * @param message '' for checkSessionKey and resetUserSessionKey
 * @see https://developers.weixin.qq.com/minigame/dev/tutorial/open-ability/http-signature.html
 */
export function sessionKeySignature(sessionKey: string, message: string): string {
  return createHmac('sha256', sessionKey).update(message).digest('hex');
}

import { createHash } from 'node:crypto';
import { equalTexts } from '../../equal-texts.js';

/** What a push is signed with besides its Token, as texts: as a number, `0123` or a nonce of 19 digits would change. */
export interface SignedParameters {
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * Returns the signature of a push: SHA-1 of the sorted and joined texts, in hexadecimal digits.
 * @param encrypted the member `Encrypt` for `msg_signature`; undefined for `signature`, which does not cover the body
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
export function pushSignature(
  token: string,
  { timestamp, nonce }: SignedParameters,
  encrypted?: string,
): string {
  const texts = [token, timestamp, nonce, ...(encrypted === undefined ? [] : [encrypted])].sort();
  return createHash('sha1').update(texts.join('')).digest('hex');
}

/** Returns whether a signature is {@link pushSignature}. */
export const isSignedBy = (
  token: string,
  given: string,
  signed: SignedParameters,
  encrypted?: string,
): boolean => equalTexts(pushSignature(token, signed, encrypted), given);

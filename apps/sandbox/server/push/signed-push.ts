import type { PushKeys } from '../state/apps.js';
import { randomInt } from 'node:crypto';
import {
  encryptPush,
  type PushFormat,
  type PushMembers,
  type PushMode,
  signPush,
  writePush,
} from './push-form.js';

/** Faults of a push that a service must notice. */
export const PUSH_FAULTS = ['signature', 'time', 'key', 'appid'] as const;
export type PushFault = (typeof PUSH_FAULTS)[number];

const OTHER_KEY = 'AnotherEncodingAESKeyThatTheServiceDoesNotK';
/** Older than any service accepts. */
const STALE_SECONDS = 3600;

/** What is pushed, and how. */
export interface PushOrder {
  readonly appid: string;
  readonly members: PushMembers;
  readonly mode: PushMode;
  readonly format: PushFormat;
  readonly fault?: PushFault | undefined;
}

/** A push, ready to be sent. */
export interface SignedPush {
  /** With its query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Signs a push and, but for plain mode, encrypts it.
 * @param nowSeconds epoch seconds
 */
export function signedPush(
  { appid, members, mode, format, fault }: PushOrder,
  keys: PushKeys,
  nowSeconds: number,
): SignedPush {
  const seconds = nowSeconds - (fault === 'time' ? STALE_SECONDS : 0);
  const signed = { timestamp: String(seconds), nonce: String(randomInt(1e9)) };
  const token = fault === 'signature' ? 'AnotherToken' : keys.pushToken;
  const parts = [token, signed.timestamp, signed.nonce];
  const query = new URLSearchParams({ signature: signPush(...parts), ...signed });
  const text = writePush(members, format);
  const contentType = format === 'xml' ? 'text/xml' : 'application/json';
  const path = () => `/api/weixin/push/${appid}?${query.toString()}`;
  if (mode === 'plain') return { path: path(), contentType, body: text };
  const encrypted = encryptPush(text, fault === 'appid' ? 'wxunknown' : appid, {
    ...keys,
    ...(fault === 'key' && { encodingAesKey: OTHER_KEY }),
  });
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', signPush(...parts, encrypted));
  const { ToUserName = '' } = members;
  const body = { ...(mode === 'compatible' ? members : { ToUserName }), Encrypt: encrypted };
  return { path: path(), contentType, body: writePush(body, format) };
}

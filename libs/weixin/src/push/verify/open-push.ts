import type { WeixinPushKeys } from '@app/config';
import { Problem } from '@app/problem';
import { decryptPush } from './decrypt-push.js';
import { isSignedBy, type SignedParameters } from './push-signature.js';
import { type PushMembers, readPush } from './push-content.js';

/** How far the time of a push may be from the clock of this machine, in both directions. */
const FRESH_MS = 5 * 60_000;

/** The query of a push. Fastify has refused parameters that occur twice. */
export type PushQuery = Readonly<Record<string, string | undefined>>;

/** The content of a push that WeChat has encrypted and signed. */
export interface PushContent {
  /** XML or JSON, as it was encrypted. */
  readonly text: string;
  readonly members: PushMembers;
}

/**
 * Verifies `signature` of the query, which covers neither the body nor other parameters.
 * @throws {Problem} `push_signature_invalid`, `push_stale`
 */
export function verifyQuery({ token }: WeixinPushKeys, query: PushQuery): void {
  const signed = signedParametersOf(query);
  if (!isSignedBy(token, query['signature'] ?? '', signed)) throw new Problem('push_signature_invalid');
  assertFresh(signed);
}

/**
 * Verifies a push and decrypts it. What the query alone shows is verified before the body is parsed.
 * @returns the content; undefined for a push in plain mode, whose body no signature covers
 * @throws {Problem} `push_signature_invalid`, `push_stale`, `validation_failed`
 */
export function openPush(
  keys: WeixinPushKeys,
  appid: string,
  query: PushQuery,
  body: Uint8Array,
): PushContent | undefined {
  const { signature, msg_signature: msgSignature } = query;
  const isPlain = msgSignature === undefined && query['encrypt_type'] !== 'aes';
  // An encrypted push may lack it, and counts by `msg_signature` only.
  if (isPlain || signature !== undefined) verifyQuery(keys, query);
  if (!isPlain && !/^[\da-f]{40}$/.test(msgSignature ?? '')) throw new Problem('push_signature_invalid');
  const signed = signedParametersOf(query);
  assertFresh(signed);
  const members = readable(body);
  if (isPlain) return undefined;
  const encrypted = spellingsOf(members.get('Encrypt') ?? '').find((spelling) =>
    // Never `signature`: it would let anybody who has seen a query send any body.
    isSignedBy(keys.token, msgSignature ?? '', signed, spelling),
  );
  const content = encrypted && decryptPush(keys.encodingAesKey, appid, encrypted);
  if (!content) throw new Problem('push_signature_invalid');
  return { text: content.toString('utf8'), members: readable(content) };
}

function readable(bytes: Uint8Array): PushMembers {
  const members = readPush(bytes);
  if (!members) throw new Problem('validation_failed', { detail: 'the push is neither XML nor JSON' });
  return members;
}

/** A `+` of base64 may have become a space, and an editor or proxy may have added spaces. The signature decides. */
function spellingsOf(encrypted: string): string[] {
  const trimmed = encrypted.trim();
  return [...new Set([trimmed, encrypted.replaceAll(' ', '+'), trimmed.replace(/\s+/g, '')])];
}

function signedParametersOf({ timestamp = '', nonce = '' }: PushQuery): SignedParameters {
  return { timestamp, nonce };
}

function assertFresh({ timestamp }: SignedParameters): void {
  const ageMs = Date.now() - Number(timestamp) * 1000;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(ageMs) > FRESH_MS) throw new Problem('push_stale');
}

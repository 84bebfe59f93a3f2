import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { LoginBody, useStack } from '../support/stack.js';
import { decode, encode, signEs256, stolenKey } from '../tokens/forge.js';

/** The tokens that every other back end must refuse. */
export type BadToken = (typeof BAD_TOKENS)[number];
export const BAD_TOKENS = [
  'a refresh token',
  'an expired token',
  'a token without an expiry',
  'a token for another audience',
  'a token of another issuer',
  'a token of another type',
  'a token without a type',
  'a token signed with another key',
  'a token with an unknown key',
  'a token whose content was changed',
  'a token without a signature',
  'a token signed with the public key as an HMAC secret',
  'no token at all',
] as const;

/** Returns one token of each kind. Most are signed with the service's own key and differ from a valid token as named. */
export async function badTokens(
  stack: ReturnType<typeof useStack>,
  { access, refresh }: LoginBody,
): Promise<Record<BadToken, string>> {
  const { kid, key } = await stolenKey(stack.databaseUrl);
  const [head = '', body = '', signature = ''] = access.split('.');
  const [header, claims] = [decode(head), decode(body)];
  const now = Math.floor(Date.now() / 1000);
  const signed = (changes: object) => signEs256(header, { ...claims, ...changes }, key);
  const jwks = await stack.call('/.well-known/jwks.json');
  const hmacInput = `${encode({ ...header, alg: 'HS256' })}.${body}`;
  return {
    'a refresh token': refresh,
    'an expired token': signed({ iat: now - 301, exp: now - 1 }),
    'a token without an expiry': signed({ exp: undefined }),
    'a token for another audience': signed({ aud: 'another' }),
    'a token of another issuer': signed({ iss: 'https://another.example' }),
    'a token of another type': signed({ token_type: 'refresh' }),
    'a token without a type': signed({ token_type: undefined }),
    'a token signed with another key': signEs256(
      header,
      claims,
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    ),
    'a token with an unknown key': signEs256({ ...header, kid: `${kid}x` }, claims, key),
    'a token whose content was changed': `${head}.${encode({ ...claims, sub: 'mallory' })}.${signature}`,
    'a token without a signature': `${encode({ ...header, alg: 'none' })}.${body}.`,
    'a token signed with the public key as an HMAC secret': `${hmacInput}.${createHmac('sha256', jwks.text).update(hmacInput).digest('base64url')}`,
    'no token at all': 'x',
  };
}

import {
  createHmac,
  createPrivateKey,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { Config } from '../../libs/config/src/index.js';
import { KeyringService, SealerService } from '../../libs/crypto/src/index.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

export type Claims = Record<string, unknown>;

const keyring = new KeyringService(Object.assign(new Config(), { SECRET_KEY, SECRET_KEY_FALLBACKS: [] }));

export const decode = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Claims;
/** Returns the claims of a token without verification. */
export const claimsOf = (token: string) =>
  decode(token.split('.')[1]) as { sid: string; gen: number; sub: string };
export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns the service's own private key, which an attacker does not have. */
export async function stolenKey(databaseUrl: string): Promise<{ kid: string; key: KeyObject }> {
  const [row] = await rows<{ id: string; private_key: string }>(
    databaseUrl,
    "SELECT * FROM signing_keys WHERE state = 'current'",
  );
  if (!row) throw new Error('there is no signing key');
  const sealer = new SealerService(keyring);
  const place = { table: 'signing_keys', column: 'private_key', primaryKey: row.id };
  const jwk = JSON.parse(sealer.unseal(row.private_key, place)) as JsonWebKey;
  return { kid: row.id, key: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** Signs any payload as a refresh token. */
export function forgeRefreshToken(claims: unknown): string {
  const { id, key } = keyring.keysFor('refresh-token')[0];
  const input = `${encode({ alg: 'HS256', typ: 'JWT', kid: id })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

/** Signs any header and payload with ES256. */
export function signEs256(header: unknown, payload: unknown, key: KeyObject): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = signBytes('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

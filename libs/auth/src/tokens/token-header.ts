import { parseJson } from '@app/common';

const HEADER_MEMBERS = ['alg', 'kid', 'typ'];

/**
 * Reads the header of a JWT, and accepts only the form of this service: exactly `alg`, `typ: "JWT"` and `kid`. So `crit`,
 * `jku`, `x5u`, `jwk`, `zip` and `b64` are never interpreted (RFC 8725 section 3). The signature must be canonical base64url:
 * otherwise several texts would be the same token.
 * @returns undefined for any other header
 */
export function tokenHeader(token: string): { alg: string; kid: string } | undefined {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) return undefined;
  const header = parseJson(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return undefined;
  const { alg, kid, typ } = header as Record<string, unknown>;
  const known = Object.keys(header).every((name) => HEADER_MEMBERS.includes(name));
  if (!known || typ !== 'JWT' || typeof alg !== 'string' || typeof kid !== 'string') return undefined;
  return { alg, kid };
}

const HEADER_MEMBERS = ['alg', 'kid', 'typ'];

/**
 * Reads the header of a JWT and accepts exactly the form this service writes: `alg`, `typ: "JWT"` and `kid`, nothing else.
 * So `crit`, `jku`, `x5u`, `jwk`, `zip` and `b64` never come to be interpreted (RFC 8725 section 3).
 * The signature must be written in the one canonical way, or its last character could be another.
 * @returns undefined for any other header
 */
export function tokenHeader(token: string): { alg: string; kid: string } | undefined {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) return undefined;
  const header = parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return undefined;
  const { alg, kid, typ } = header as Record<string, unknown>;
  const known = Object.keys(header).every((name) => HEADER_MEMBERS.includes(name));
  if (!known || typ !== 'JWT' || typeof alg !== 'string' || typeof kid !== 'string') return undefined;
  return { alg, kid };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

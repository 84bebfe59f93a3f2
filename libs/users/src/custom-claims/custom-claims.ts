import { Problem } from '@app/problem';

/** Claims of a user's access tokens that the operator chooses: a JSON object, such as `{"role": "editor"}`. */
export type CustomClaims = Readonly<Record<string, unknown>>;

/** As stored: compact JSON in UTF-8. */
const MAX_BYTES = 2048;
const MAX_DEPTH = 8;

/** Names with a meaning in RFC 7519 and its extensions or in this service, and data of WeChat that no token holds. */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set(
  (
    'iss sub aud exp nbf iat jti sid gen client_id azp scope token_type typ cnf act auth_time nonce ' +
    'openid unionid session_key phone phone_number'
  ).split(' '),
);

/**
 * Returns the JSON text of custom claims as it is stored: null for `{}`, which removes them.
 * @param value parsed JSON
 * @throws {Problem} `claims_invalid`, `claim_reserved`
 */
export function customClaimsText(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('the claims must be an object');
  assertPlain(value, MAX_DEPTH);
  const names = Object.keys(value);
  const reserved = names.find((name) => RESERVED_CLAIMS.has(name));
  if (reserved !== undefined)
    throw new Problem('claim_reserved', { detail: `the claim ${reserved} is reserved` });
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) refuse(`the claims have ${bytes} bytes, at most ${MAX_BYTES} are allowed`);
  return names.length === 0 ? null : text;
}

/** Returns the claims of a text of {@link customClaimsText}. */
export const parseCustomClaims = (text: string | null): CustomClaims =>
  text === null ? {} : (JSON.parse(text) as CustomClaims);

/** Looks at the value and at all in it, `levels` deep at most. */
function assertPlain(value: unknown, levels: number): void {
  // JSON has no infinity: the token would have null instead.
  if (typeof value === 'number' && !Number.isFinite(value)) refuse('a number is too large');
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0) refuse(`the claims are nested deeper than ${MAX_DEPTH} levels`);
  // Copied carelessly by a verifier, it would replace the prototype of an object.
  if (Object.hasOwn(value, '__proto__')) refuse('the name __proto__ is not allowed');
  for (const member of Object.values(value)) assertPlain(member, levels - 1);
}

function refuse(detail: string): never {
  throw new Problem('claims_invalid', { detail });
}

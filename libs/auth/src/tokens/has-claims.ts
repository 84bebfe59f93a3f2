/**
 * Returns whether a payload has the claims that all tokens of this service share, and those given here, each of its type.
 * @param strings names of further claims that are strings
 * @param integers names of further claims that are integers
 */
export function hasClaims<Claims extends { token_type: string }>(
  payload: unknown,
  tokenType: Claims['token_type'],
  strings: readonly string[],
  integers: readonly string[] = [],
): payload is Claims {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const claims = payload as Record<string, unknown>;
  return (
    ['iss', 'aud', 'sub', 'sid', ...strings].every((name) => typeof claims[name] === 'string') &&
    ['iat', 'exp', ...integers].every((name) => Number.isSafeInteger(claims[name])) &&
    claims['token_type'] === tokenType
  );
}

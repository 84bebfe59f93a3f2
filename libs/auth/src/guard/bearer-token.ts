import type { IncomingMessage } from 'node:http';
import { Problem } from '@app/problem';
import { MAX_TOKEN_LENGTH } from '../tokens/token.dto.js';

/**
 * Returns the token of the only `Authorization: Bearer <token>` header (RFC 6750 section 2.1), the scheme in any case.
 * Does not read query, cookie or body.
 * @throws {Problem} `token_missing` without such a header, `token_invalid` with two, or if the token is no JWT
 */
export function bearerToken(request: IncomingMessage): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(/ +/);
  if (scheme?.toLowerCase() !== 'bearer') throw new Problem('token_missing');
  const wellFormed =
    token !== undefined && token.length <= MAX_TOKEN_LENGTH && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
  if (!wellFormed || rest.length > 0 || countAuthorization(request.rawHeaders) > 1) {
    throw new Problem('token_invalid');
  }
  return token;
}

/** Node silently uses the first of two such headers; a proxy may have used the second. */
function countAuthorization(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}

import type { IncomingMessage } from 'node:http';
import { Problem } from '@app/problem';

const MAX_TOKEN_LENGTH = 4096;

/**
 * The token of the one `Authorization: Bearer <token>` header (RFC 6750 section 2.1), the scheme in any case.
 * Nothing is read from query, cookie or body.
 * @throws {Problem} `token_missing` without such a header, `token_invalid` with two or with no JWT in it
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

/** Node keeps the first of two such headers silently; a proxy in front may have looked at the second. */
function countAuthorization(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'authorization') count += 1;
  }
  return count;
}

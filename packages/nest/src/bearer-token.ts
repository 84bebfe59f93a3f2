import type { IncomingHttpHeaders } from 'node:http';
import { AccessTokenRefused } from './errors.js';

/** A request of Express, which is Node's own, or of Fastify, which has Node's as `raw`. */
export interface HttpRequest {
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders?: readonly string[];
  readonly raw?: { readonly rawHeaders: readonly string[] };
}

/**
 * Returns the token of the only `Authorization: Bearer <token>` header, undefined without the header. Does not read query,
 * cookie or body.
 * @throws {AccessTokenRefused} `token_missing` for another scheme, `token_invalid` with two headers
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearerToken({ headers, rawHeaders, raw }: HttpRequest): string | undefined {
  if (headers.authorization === undefined) return undefined;
  // Node silently uses the first of two such headers; a proxy may have used the second.
  if (countAuthorization(raw?.rawHeaders ?? rawHeaders ?? []) > 1)
    throw new AccessTokenRefused('token_invalid');
  const [scheme, token = '', ...rest] = headers.authorization.split(/ +/);
  if (scheme?.toLowerCase() !== 'bearer') throw new AccessTokenRefused('token_missing');
  if (rest.length > 0) throw new AccessTokenRefused('token_invalid');
  return token;
}

function countAuthorization(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization').length;
}

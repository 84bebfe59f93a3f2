import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What proxies call requests: a UUID, 32 hexadecimal digits, a ULID. Nothing that could break a log line or a URN. */
const WELL_FORMED = /^[\w-]{16,64}$/;

/**
 * Names each request, for the log, for `instance` of a problem and for the header `X-Request-Id` of the answer.
 * @param trustProxyHops with 0 nobody stands in front, and the header of a request is its client's own text: ignored
 */
export function requestIds(trustProxyHops: number): (request: IncomingMessage) => string {
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return trustProxyHops > 0 && typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
  };
}

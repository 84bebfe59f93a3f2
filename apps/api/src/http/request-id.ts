import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What proxies call requests: a UUID, 32 hexadecimal digits, a ULID. Nothing that could break a log line or a URN. */
const WELL_FORMED = /^[\w-]{16,64}$/;

/**
 * Names each request, for the log, for `instance` of a problem and for the header `X-Request-Id` of the answer.
 * @param trustProxyHops returns the number of proxies in front; with 0 the header is the client's own text: ignored
 */
export function requestIds(
  trustProxyHops: (request: IncomingMessage) => number,
): (request: IncomingMessage) => string {
  return (request) => {
    const given = request.headers['x-request-id'];
    return typeof given === 'string' && WELL_FORMED.test(given) && trustProxyHops(request) > 0
      ? given
      : randomUUID();
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK_ORIGIN = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses with 403 what did not come from this machine's own programs and pages. A web page elsewhere can reach a
 * loopback port through the developer's browser: by DNS rebinding, which the Host header gives away, or by a plain
 * cross-site form, which the Origin header gives away, or by an image or a script, which has no Origin: Sec-Fetch-Site gives
 * it away. A link may lead here.
 */
export function refuseStrangers(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { host = '', origin } = request.headers;
  const isOurs = origin === undefined ? !isEmbeddedElsewhere(request) : LOOPBACK_ORIGIN.test(origin);
  if (LOOPBACK_HOST.test(host) && isOurs) {
    done();
    return;
  }
  void reply.code(403).send({
    error:
      'the sandbox answers this machine only: call it as 127.0.0.1, localhost or [::1], and not from a page elsewhere',
  });
}

/** @see https://www.w3.org/TR/fetch-metadata/ */
function isEmbeddedElsewhere({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

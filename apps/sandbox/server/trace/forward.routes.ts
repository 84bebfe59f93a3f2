import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, phoneOf } from './chain-hooks.js';
import type { Chain } from './chain.js';
import { answerHead, requestHead } from './http-head.js';
import { labelOf, parsed } from './labels.js';
import { askService } from './service.js';

const PREFIX = '/sandbox/request';
/** The header that reports to the phone that the service gave no answer, and why. */
const NO_ANSWER = 'sandbox-no-answer';
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * `ANY /sandbox/request/…`: what a phone sends by `wx.request`, passed on to the service and back with status, headers
 * and body as they are. The origin is fixed, so no path leads anywhere else. A service that cannot be reached is
 * reported by the header `sandbox-no-answer`, which a service's own 502 does not have.
 */
export function forwardRoutes(chain: Chain, apiUrl: URL) {
  return (app: FastifyInstance, _options: unknown, done: () => void): void => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      (_request, body, parsedBody) => {
        parsedBody(null, body);
      },
    );
    app.all(`${PREFIX}/*`, (request, reply) => forward(request, reply, chain, apiUrl));
    done();
  };
}

async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  chain: Chain,
  apiUrl: URL,
): Promise<FastifyReply> {
  const path = request.url.slice(PREFIX.length);
  const phone = phoneOf(request);
  const body = Buffer.isBuffer(request.body) ? request.body : undefined;
  chain.add({
    phone,
    from: 'mini-program',
    to: 'service',
    label: `${request.method} ${path.replace(/\?.*/s, '')}`,
    outcome: 'sent',
    exchange: request.id,
    request: requestHead(request, apiUrl.origin, path),
    ...bodyOf(body?.toString()),
  });
  const back = { phone, from: 'service', to: 'mini-program', exchange: request.id } as const;
  try {
    const answer = await askService(apiUrl, { path, body, request, reply });
    const answered = parsed(answer.body.toString());
    const drawn = {
      ...back,
      label: labelOf(answer.status, answered),
      answer: answerHead(reply, answer.status, answer.headers),
      ...bodyOf(answered),
    };
    if (request.headers['sandbox-lose-answer'] !== undefined) {
      chain.add({ ...drawn, outcome: 'lost' });
      // A success, since the browser would report anything else as a fault of the page.
      return await reply.header(NO_ANSWER, 'errcode:-101 error_msg:net::ERR_CONNECTION_RESET').send();
    }
    chain.add({ ...drawn, outcome: answer.status < 400 ? 'ok' : 'refused' });
    return await reply.code(answer.status).headers(answer.headers).send(answer.body);
  } catch (error) {
    const { code = 'no answer' } = error as NodeJS.ErrnoException;
    // The phone may also have closed, or its request timed out.
    const label = reply.raw.destroyed ? 'the phone closed the request' : `${code}: ${apiUrl.origin}`;
    chain.add({ ...back, label, outcome: 'lost' });
    return reply.code(502).header(NO_ANSWER, `errcode:-102 error_msg:${code}`).send();
  }
}

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '@app/config';
import { problemOf, renderProblem } from '@app/problem';
import { requestIds } from './request-id.js';

/** For every route that does not set `bodyLimitBytes` in its `@RouteConfig()`. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** Fastify for this service: bounded sizes, bounded times, every error a problem document. */
export function fastifyOptions(config: Config) {
  return {
    // Nest's middleware layer: nothing here uses it, and it costs every request.
    skipMiddie: true,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address: string, hop: number) => hop < config.trustProxyHops,
    routerOptions: { ignoreTrailingSlash: true },
    // Deadlines for slow clients: headers, then the whole request, then an idle connection.
    requestTimeout: 15_000,
    connectionTimeout: 20_000,
    // Node looks for them only every 30 s by itself.
    http: { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, connectionsCheckingInterval: 1000 },
    genReqId: requestIds(config.trustProxyHops),
    // A request that still comes while the service stops is served.
    return503OnClosing: false,
    frameworkErrors,
    clientErrorHandler,
  } satisfies FastifyHttpOptions<Server> & { skipMiddie: boolean };
}

/** The router's own errors, such as a malformed URL, never reach Nest. */
function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, headers, body } = renderProblem(problemOf(error), request.id);
  void reply
    .status(status)
    .headers({ ...headers, 'X-Request-Id': request.id })
    .send(Buffer.from(JSON.stringify(body)));
}

/** What Node's HTTP parser refuses never becomes a request: the answer is written to the socket by hand. */
function clientErrorHandler(error: Error, socket: Socket & { _httpMessage?: ServerResponse }): void {
  if (!socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const code = (error as { code?: string }).code;
  const foreign = Object.assign(new Error(error.message), { code, statusCode: 400 });
  const { status, headers, body } = renderProblem(problemOf(foreign));
  const text = JSON.stringify(body);
  const head = Object.entries({
    ...headers,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  });
  socket.end(
    `HTTP/1.1 ${status} ${body.title}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
  );
}

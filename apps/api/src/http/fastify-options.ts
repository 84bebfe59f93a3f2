import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest, FastifyServerFactoryHandler } from 'fastify';
import type { Config } from '@app/config';
import { problemOf, renderProblem } from '@app/problem';
import { MAX_HEAD_BYTES, MAX_HEADERS } from './request-head.js';
import type { Listeners } from './listeners.js';
import { requestIds } from './request-id.js';
import type { RequestsInTurn } from './requests-in-turn.js';

/** For every route that does not set `bodyLimitBytes` in its `@RouteConfig()`. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** Fastify for this service: bounded sizes, bounded times, bounded connections, every error a problem document. */
export function fastifyOptions(config: Config, requests: RequestsInTurn, listeners: Listeners) {
  return {
    serverFactory: (handler: FastifyServerFactoryHandler) => {
      if (config.ADMIN_PORT !== undefined) listeners.admin ??= adminServer(handler, config, requests);
      return boundedServer(handler, config, requests);
    },
    // Nest's middleware layer: nothing here uses it, and it costs every request.
    skipMiddie: true,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address: string, hop: number) => hop < config.TRUST_PROXY_HOPS,
    routerOptions: { ignoreTrailingSlash: true, constraints: { listener: listeners.constraint() } },
    genReqId: requestIds((request) => listeners.trustedHops(request)),
    // A request that still comes while the service stops is served.
    return503OnClosing: false,
    frameworkErrors,
    clientErrorHandler,
  } satisfies FastifyHttpOptions<Server> & { skipMiddie: boolean };
}

/** Deadlines for slow clients: headers, then the whole request, then an idle connection. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
const CONNECTION_TIMEOUT_MS = 20_000;
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** Node's server with bounds, which Fastify's own way of making it does not reach. */
function boundedServer(
  handler: FastifyServerFactoryHandler,
  { MAX_CONNECTIONS }: Config,
  requests: RequestsInTurn,
): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Node looks for the deadlines only every 30 s by itself.
    connectionsCheckingInterval: 1000,
  });
  server.setTimeout(CONNECTION_TIMEOUT_MS);
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = MAX_CONNECTIONS;
  warnOfRefusedConnections(server);
  requests.attach(server, handler);
  return server;
}

/** The second server of the process. It gets what Fastify adds to the first one: the handler of malformed requests. */
function adminServer(...options: Parameters<typeof boundedServer>): Server {
  return boundedServer(...options).on('clientError', clientErrorHandler);
}

/** At most once a minute: an attacker makes many. */
function warnOfRefusedConnections(server: Server): void {
  let warnedAt = -Infinity;
  server.on('drop', () => {
    if (performance.now() - warnedAt < 60_000) return;
    warnedAt = performance.now();
    new Logger('http').warn('MAX_CONNECTIONS connections are open: further ones are closed');
  });
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

import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '@app/problem';

/** Lets a route set its own limit by `@RouteConfig({ bodyLimitBytes })`. Before the routes are made. */
export function readBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = (route.config ?? {}) as { bodyLimitBytes?: number };
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });
}

/** Lets no idle connection hold up a shutdown: each is closed as soon as its last answer is out. */
export function closeConnectionsOnShutdown(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    fastify.server.keepAliveTimeout = 1;
    done();
  });
}

/** What holds for every request: no caching unless a route says so, no parameter twice, one line in the log. */
export function addRequestHooks(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff');
    const repeated = Object.values(request.query as Record<string, unknown>).some(Array.isArray);
    done(
      repeated ? new Problem('validation_failed', { detail: 'a query parameter stands twice' }) : undefined,
    );
  });
  if (!logger.isLevelEnabled('info')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    // The route and not the URL: what people put into URLs is not ours to keep.
    logger.info({
      msg: 'request',
      request_id: request.id,
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 100) / 100,
    });
    done();
  });
}

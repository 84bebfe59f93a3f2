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

/** Balancers ask these every few seconds. */
const PROBES: ReadonlySet<string | undefined> = new Set(['/health/live', '/health/ready', '/metrics']);

/** What holds for every request: a name, no caching unless a route says so, no parameter twice, one line in the log. */
export function addRequestHooks(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply
      .header('X-Request-Id', request.id)
      .header('Cache-Control', 'no-store')
      .header('X-Content-Type-Options', 'nosniff');
    const repeated = Object.values(request.query as Record<string, unknown>).some(Array.isArray);
    done(
      repeated ? new Problem('validation_failed', { detail: 'a query parameter stands twice' }) : undefined,
    );
  });
  if (!logger.isLevelEnabled('info')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    // The route and not the URL: what people put into URLs is not ours to keep.
    const route = request.routeOptions.url;
    logger[PROBES.has(route) ? 'debug' : 'info']({
      msg: 'request',
      request_id: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 100) / 100,
    });
    done();
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Principal } from '@app/auth';
import { answeredProblem, Problem } from '@app/problem';
import { headProblem } from './request-head.js';

/** Lets a route set its own limit by `@RouteConfig({ bodyLimitBytes })`. Before the routes are made. */
export function readBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = (route.config ?? {}) as { bodyLimitBytes?: number };
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });
}

/** Balancers ask these every few seconds. */
const PROBES: ReadonlySet<string | undefined> = new Set(['/health/live', '/health/ready', '/metrics']);

function queryProblem(query: Readonly<Record<string, unknown>>): Problem | undefined {
  if (!Object.values(query).some(Array.isArray)) return undefined;
  return new Problem('validation_failed', { detail: 'there are two query parameters of one name' });
}

/** Why a request was refused and, if the guard or the problem knows, to whom. */
function refusalOf({ raw }: FastifyRequest, reply: FastifyReply): { code?: string; user_id?: string } {
  const problem = answeredProblem(reply);
  const userId = (raw as { user?: Principal }).user?.userId ?? problem?.userId;
  return { ...(problem && { code: problem.code }), ...(userId !== undefined && { user_id: userId }) };
}

/** What holds for every request: a name, no caching unless a route says so, a bounded head, no parameter twice, one log line. */
export function addRequestHooks(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply
      .header('X-Request-Id', request.id)
      .header('Cache-Control', 'no-store')
      .header('X-Content-Type-Options', 'nosniff');
    done(headProblem(request.raw) ?? queryProblem(request.query as Record<string, unknown>));
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
      ...(reply.statusCode >= 400 && refusalOf(request, reply)),
      duration_ms: Math.round(reply.elapsedTime * 100) / 100,
    });
    done();
  });
}

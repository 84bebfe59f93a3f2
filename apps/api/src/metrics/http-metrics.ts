import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { PREFIX, SECONDS } from './labels.js';

/** Counts and times requests by their route template. URLs are never used as labels. */
export function httpMetrics(registry: Registry, fastify: FastifyInstance): void {
  const duration = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time from the headers of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    // Without a route, the method may be any of the many that Node accepts.
    const method = route === 'none' ? 'any' : request.method;
    duration.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

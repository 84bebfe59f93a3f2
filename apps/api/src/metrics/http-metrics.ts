import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { PREFIX, SECONDS } from './labels.js';

/** Counts and times requests by the template of their route: no URL ever becomes a label. */
export function httpMetrics(registry: Registry, fastify: FastifyInstance): void {
  const duration = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    // Where there is no route the method may be any word that Node knows.
    const method = route === 'none' ? 'any' : request.method;
    duration.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

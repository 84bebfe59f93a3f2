import type { FastifyInstance } from 'fastify';
import { Problem } from '@app/problem';
import type { Listeners } from './listeners.js';

/**
 * Refuses what no route answers, before its body is read: 405 with `Allow` if another method has a route at this path
 * of the same listener, else 404. The methods come from the router itself, so a path has them in every spelling that leads to its routes.
 * OPTIONS is 405 as well: the service answers no CORS preflights, and `Allow` says the rest.
 */
export function refuseUnknownRoutes(fastify: FastifyInstance, listeners: Listeners): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!request.is404) {
      done();
      return;
    }
    const url = request.raw.url ?? '/';
    const constraints = { listener: listeners.of(request.raw) };
    // null without a route, although the type does not say so.
    const allow = fastify.supportedMethods.filter((method) =>
      Boolean(fastify.findRoute({ method, url, constraints })),
    );
    done(allow.length > 0 ? new Problem('method_not_allowed', { allow }) : new Problem('not_found'));
  });
}

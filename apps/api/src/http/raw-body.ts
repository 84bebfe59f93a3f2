import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';

/** Returns whether a route takes XML or JSON as bytes: `@RouteConfig({ rawBody: true })`. */
export const takesRawBody = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { rawBody?: boolean } | undefined)?.rawBody === true;

/** What WeChat has named its pushes besides `application/json`, in XML and in JSON. */
const CONTENT_TYPES = ['text/xml', 'application/xml', 'text/plain'];

/** Gives bodies of XML and of text to the routes that take them, as they are. All other routes refuse them. */
export function acceptRawBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser<Buffer>(CONTENT_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
    if (takesRawBody(request) && !('content-encoding' in request.headers)) done(null, body);
    else done(new Problem('unsupported_media_type'));
  });
}

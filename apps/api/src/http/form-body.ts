import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendOAuthError } from '@app/admin';
import { Problem } from '@app/problem';

/** Returns whether a route takes form-encoded bodies instead of JSON: `@RouteConfig({ form: true })`. */
export const takesForm = ({ routeOptions }: FastifyRequest): boolean => isForm(routeOptions.config);

const isForm = (config: object | undefined) => (config as { form?: boolean } | undefined)?.form === true;

/**
 * Parses form-encoded bodies of the OAuth routes, as `URLSearchParams`. On all other routes they are refused as before.
 * A request to these routes that is refused before their handler gets an error of OAuth. Before the routes are made.
 */
export function acceptForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      if (takesForm(request)) done(null, new URLSearchParams(body));
      else done(new Problem('unsupported_media_type'));
    },
  );
  fastify.addHook('onRoute', (route) => {
    if (!isForm(route.config)) return;
    route.errorHandler = sendOAuthError;
  });
}

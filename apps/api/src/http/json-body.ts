import type { FastifyInstance } from 'fastify';
import { Problem } from '@app/problem';

const MAX_DEPTH = 32;

/**
 * Makes `application/json` the only content type, and an object the only body: no `__proto__`, at most 32 levels deep.
 * `wx.request` sends a JSON content type with an empty body on DELETE, so an empty body is no body.
 */
export function acceptJsonObjects(fastify: FastifyInstance): void {
  // Fastify's own parser refuses prototype poisoning.
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') {
      done(null, undefined);
      return;
    }
    void parse(request, text, (error, body) => {
      const fault = error ? 'the body is no valid JSON' : faultOf(body);
      if (fault === undefined) done(null, body);
      else done(new Problem('validation_failed', { detail: fault }));
    });
  });
}

function faultOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'the body must be a JSON object';
  return isDeeper(body, MAX_DEPTH) ? `the body is nested deeper than ${MAX_DEPTH} levels` : undefined;
}

/** Never recurses deeper than `levels`, however deep the value is. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

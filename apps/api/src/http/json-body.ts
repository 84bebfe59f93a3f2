import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '@app/problem';
import { takesForm } from './form-body.js';
import { jsonFault } from './json-fault.js';
import { takesRawBody } from './raw-body.js';

/**
 * Makes JSON in UTF-8 the only content type, and an object the only body.
 * `wx.request` sends a JSON content type with an empty body on DELETE, so an empty body is no body.
 */
export function acceptJsonObjects(fastify: FastifyInstance): void {
  // Fastify's own parser refuses prototype poisoning.
  const parse = fastify.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const refuse = (detail: string) => {
      done(new Problem('validation_failed', { detail }));
    };
    if (takesForm(request) || isEncodedOtherwise(request)) {
      done(new Problem('unsupported_media_type'));
      return;
    }
    if (takesRawBody(request)) {
      done(null, bytes);
      return;
    }
    if (bytes.length === 0) {
      done(null, undefined);
      return;
    }
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      refuse('the body is no valid UTF-8');
      return;
    }
    void parse(request, text, (error, body) => {
      const fault = error ? 'the body is no valid JSON' : jsonFault(body);
      if (fault === undefined) done(null, body);
      else refuse(fault);
    });
  });
}

/** Another charset or a compression, which would be read as something that was not meant. */
function isEncodedOtherwise({ headers }: FastifyRequest): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  return (charset !== undefined && !/^utf-?8$/i.test(charset)) || 'content-encoding' in headers;
}

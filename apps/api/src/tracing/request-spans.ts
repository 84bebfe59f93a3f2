import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { remoteParent } from './remote-parent.js';

/**
 * Creates a span for each request, with the route template instead of the URL.
 * @param trustsParent returns whether to use the `traceparent` header, which a trusted proxy sets
 * @returns a function that returns the context of the current request
 */
export function requestSpans(
  fastify: FastifyInstance,
  tracer: Tracer,
  trustsParent: (request: IncomingMessage) => boolean,
): () => Context {
  const serving = new AsyncLocalStorage<Context>();
  const contexts = new WeakMap<FastifyRequest, Context>();

  fastify.addHook('onRequest', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    const parent = trustsParent(request.raw) ? remoteParent(request.headers.traceparent) : ROOT_CONTEXT;
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'weapp_passport.request_id': request.id,
    };
    const name = `${request.method} ${route}`;
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    contexts.set(request, trace.setSpan(parent, span));
    // 'close' is also emitted if the client disconnects before the answer.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    done();
  });
  // Not in an earlier hook, because the body is read in another async context.
  fastify.addHook('preHandler', (request, _, done) => {
    const context = contexts.get(request);
    if (context) serving.run(context, done);
    else done();
  });
  return () => serving.getStore() ?? ROOT_CONTEXT;
}

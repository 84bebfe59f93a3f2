import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { remoteParent } from './remote-parent.js';

/**
 * Gives each request a span, with the template of its route and never its URL.
 * @param trustParent whether a trusted proxy says which trace a request belongs to
 * @returns what gives the context of the request that is being served, wherever that is asked
 */
export function requestSpans(fastify: FastifyInstance, tracer: Tracer, trustParent: boolean): () => Context {
  const serving = new AsyncLocalStorage<Context>();
  const contexts = new WeakMap<FastifyRequest, Context>();

  fastify.addHook('onRequest', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    const parent = trustParent ? remoteParent(request.headers.traceparent) : ROOT_CONTEXT;
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'weapp_passport.request_id': request.id,
    };
    const name = `${request.method} ${route}`;
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    contexts.set(request, trace.setSpan(parent, span));
    // Also where the client goes away before its answer comes.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    done();
  });
  // Not earlier: a body arrives in a context of its own.
  fastify.addHook('preHandler', (request, _, done) => {
    const context = contexts.get(request);
    if (context) serving.run(context, done);
    else done();
  });
  return () => serving.getStore() ?? ROOT_CONTEXT;
}

import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import type { Config } from '@app/config';
import { DATABASE_WRITES } from '@app/database';
import { WEIXIN_CALLS } from '@app/weixin-api';
import { operationSpans } from './operation-spans.js';
import { ReportingExporter } from './reporting-exporter.js';
import { requestSpans } from './request-spans.js';

/** A collector that does not answer must not hold up a shutdown for longer. */
const TIMEOUT_MS = 3000;

/**
 * Sends OpenTelemetry traces of each request, its calls to WeChat and its writes. Loaded only where they are wanted.
 * WeChat gets no trace header: it is none of theirs. `OTEL_SERVICE_NAME` and the like work as OpenTelemetry says.
 * @param endpoint `OTEL_EXPORTER_OTLP_ENDPOINT`
 */
export function startTracing(endpoint: string, fastify: FastifyInstance, config: Config): void {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: TIMEOUT_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'weapp-passport' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new ReportingExporter(exporter))],
  });
  const tracer = provider.getTracer('weapp-passport');
  const served = requestSpans(fastify, tracer, config.TRUST_PROXY_HOPS > 0);
  const { host } = new URL(config.WEIXIN_API_BASE_URL);
  const ends = [
    operationSpans(WEIXIN_CALLS, tracer, served, {
      name: ({ method, path }) => `${method} ${path}`,
      kind: SpanKind.CLIENT,
      attributes: ({ method, path, errcode }) => ({
        'http.request.method': method,
        'server.address': host,
        'url.path': path,
        ...(errcode !== undefined && { 'weixin.errcode': errcode }),
      }),
    }),
    operationSpans(DATABASE_WRITES, tracer, served, {
      name: () => 'database write',
      kind: SpanKind.CLIENT,
      attributes: ({ waitedMs = 0 }) => ({
        'db.operation.name': 'write',
        'weapp_passport.waited_ms': Math.round(waitedMs),
      }),
    }),
  ];
  fastify.addHook('onClose', async () => {
    for (const end of ends) end();
    // Fails when the last spans do not arrive, which the exporter has said: no reason to end with an error.
    await provider.shutdown().catch(() => undefined);
  });
}

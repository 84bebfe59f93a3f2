import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import type { Config } from '@app/config';
import { DATABASE_WRITE_EVENTS } from '@app/database';
import { WEIXIN_CALL_EVENTS } from '@app/weixin-api';
import type { Listeners } from '../http/listeners.js';
import { operationSpans } from './operation-spans.js';
import { ReportingExporter } from './reporting-exporter.js';
import { requestSpans } from './request-spans.js';

/** The longest time that a collector without an answer may delay a shutdown. */
const TIMEOUT_MS = 3000;

/**
 * Sends OpenTelemetry traces of each request, its calls to WeChat and its writes. Loaded only if tracing is configured.
 * Calls to WeChat have no trace header. `OTEL_SERVICE_NAME` and similar variables work as OpenTelemetry documents them.
 * @param endpoint `OTEL_EXPORTER_OTLP_ENDPOINT`
 */
export function startTracing(
  endpoint: string,
  fastify: FastifyInstance,
  listeners: Listeners,
  config: Config,
): void {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: TIMEOUT_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'weapp-passport' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new ReportingExporter(exporter))],
  });
  const tracer = provider.getTracer('weapp-passport');
  const served = requestSpans(fastify, tracer, (request) => listeners.trustedHops(request) > 0);
  const { host } = new URL(config.WEIXIN_API_BASE_URL);
  const ends = [
    operationSpans(WEIXIN_CALL_EVENTS, tracer, served, {
      name: ({ method, path }) => `${method} ${path}`,
      kind: SpanKind.CLIENT,
      attributes: ({ method, path, errcode }) => ({
        'http.request.method': method,
        'server.address': host,
        'url.path': path,
        ...(errcode !== undefined && { 'weixin.errcode': errcode }),
      }),
    }),
    operationSpans(DATABASE_WRITE_EVENTS, tracer, served, {
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

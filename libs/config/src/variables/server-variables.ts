import { baseUrl, flag, integer, oneOf, text } from '../validators.js';

/** How the process runs and what it tells. */
export const SERVER_VARIABLES = {
  NODE_ENV: oneOf(
    'production',
    'development',
    'test',
  )({
    default: 'development',
    desc: '`production` refuses to start on defaults that are only safe on a laptop.',
  }),
  HOST: text({
    default: '127.0.0.1',
    desc: "Address to listen on. With the sandbox's apps a HOST that is not loopback refuses to start: their secrets are public.",
  }),
  PORT: integer(0, 65_535)({ default: 8000, desc: 'Port to listen on; 0 takes a free one.' }),
  TRUST_PROXY_HOPS: integer(
    0,
    16,
  )({
    default: 0,
    desc: "Number of reverse proxies in front. The client's address is read from `X-Forwarded-For` so many hops back; with 0 that header is ignored.",
  }),
  LOG_LEVEL: oneOf(
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  )({
    default: 'info',
    desc: 'Least severe level that is written. Logs go to standard output.',
  }),
  LOG_FORMAT: oneOf(
    'json',
    'pretty',
  )({
    default: undefined,
    docs: '`json`; `pretty` if standard output is a terminal outside production',
    desc: '`json` writes one object a line, for programs. `pretty` writes text for people.',
  }),
  METRICS_PORT: integer(
    0,
    65_535,
  )({
    default: undefined,
    docs: 'none: production has no `/metrics`, elsewhere it is on `PORT`',
    desc: 'Port of `HOST` for `GET /metrics` (Prometheus), apart from everything the public may reach; 0 takes a free one.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl({
    default: undefined,
    docs: 'none: no traces',
    desc: 'Where OpenTelemetry traces go, by OTLP over HTTP: `/v1/traces` is added. The other `OTEL_*` variables of the SDK (sampler, headers of the exporter) work too.',
  }),
  SHUTDOWN_DELAY_SECONDS: integer(
    0,
    300,
  )({
    default: 0,
    desc: 'How long after SIGTERM requests are still taken while `/health/ready` says 503, so that a balancer notices first. Give it a little more than one interval of its health check.',
  }),
  SHUTDOWN_TIMEOUT_SECONDS: integer(
    1,
    300,
  )({
    default: 10,
    desc: 'How long requests in flight may take after that. What is not done by then is cut off, and the process exits with 1.',
  }),
  DOCS: flag({
    default: undefined,
    docs: 'true; in production false',
    desc: 'Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`.',
  }),
};

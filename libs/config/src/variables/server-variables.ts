import { baseUrl, flag, hostNames, integer, oneOf, text } from '../validators.js';

/** The variables of the process, its logs, metrics and traces. */
export const SERVER_VARIABLES = {
  NODE_ENV: oneOf(
    'production',
    'development',
    'test',
  )({
    default: 'development',
    desc: "With `production`, the service refuses to start on defaults that are only safe on a developer's machine.",
  }),
  HOST: text({
    default: '127.0.0.1',
    desc: "Address to listen on. If the sandbox's apps are served, whose secrets are public, the service starts only on a loopback address.",
  }),
  PORT: integer(
    0,
    65_535,
  )({ default: 8000, desc: 'Port to listen on; with 0 the operating system chooses a free one.' }),
  TRUST_PROXY_HOPS: integer(
    0,
    16,
  )({
    default: 0,
    desc: "Number of reverse proxies in front of the service. The client's address is read from `X-Forwarded-For`, this many entries from the end; with 0 the header is ignored.",
  }),
  ADMIN_PORT: integer(
    0,
    65_535,
  )({
    default: undefined,
    docs: 'production: none, the admin listener is off; else 9002, or 0 if `PORT` is 0',
    desc: 'Port of the admin listener, which alone serves `/oauth/*` and `/api/admin/*`; with 0 the operating system chooses a free one. Must not be reachable from the internet: see [admin-api.md](admin-api.md).',
  }),
  ADMIN_HOST: text({
    default: '127.0.0.1',
    desc: 'Address of the admin listener.',
  }),
  ADMIN_URL: baseUrl({
    default: undefined,
    docs: 'none',
    desc: 'Base URL of the admin listener as other back ends reach it. The metadata then names its OAuth endpoints, and the listener accepts the host of this URL in `Host`.',
  }),
  ADMIN_TRUST_PROXY_HOPS: integer(
    0,
    16,
  )({
    default: 0,
    desc: 'Number of reverse proxies in front of the admin listener, as `TRUST_PROXY_HOPS` for the public one.',
  }),
  WEBHOOK_ALLOWED_HOSTS: hostNames({
    default: [],
    docs: 'none',
    desc: 'Hosts that a webhook may be sent to at any address, also without TLS, comma-separated: for example `shop.internal`, or `127.0.0.1` for a receiver on the same machine. To all other hosts, webhooks are sent over https and to public addresses only.',
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
    desc: 'Lowest level that is logged. Logs go to standard output.',
  }),
  LOG_FORMAT: oneOf(
    'json',
    'pretty',
  )({
    default: undefined,
    docs: '`json`; `pretty` if standard output is a terminal outside production',
    desc: '`json` writes one object per line, for programs. `pretty` writes text for people.',
  }),
  METRICS_PORT: integer(
    0,
    65_535,
  )({
    default: undefined,
    docs: 'none: production has no `/metrics`, elsewhere it is on `PORT`',
    desc: 'Port on `HOST` for `GET /metrics` (Prometheus), separate from the public port; with 0 the operating system chooses a free one.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl({
    default: undefined,
    docs: 'none: no traces',
    desc: 'Endpoint for OpenTelemetry traces, OTLP over HTTP; `/v1/traces` is appended. The other `OTEL_*` variables of the SDK (sampler, headers of the exporter) work too.',
  }),
  SHUTDOWN_DELAY_SECONDS: integer(
    0,
    300,
  )({
    default: undefined,
    docs: '2 in production behind a proxy (`TRUST_PROXY_HOPS`), otherwise 0',
    desc: "Time after SIGTERM in which the instance still accepts requests while `/health/ready` returns 503, so that a load balancer stops sending them. Set it slightly longer than the interval of the load balancer's health check.",
  }),
  SHUTDOWN_TIMEOUT_SECONDS: integer(
    1,
    300,
  )({
    default: 10,
    desc: 'Time that requests in flight have after that delay. Requests that are not finished by then are aborted, and the process exits with 1.',
  }),
  DOCS: flag({
    default: undefined,
    docs: 'true; in production false',
    desc: 'Serves Swagger UI at `/docs` and the OpenAPI document at `/docs-json`.',
  }),
};

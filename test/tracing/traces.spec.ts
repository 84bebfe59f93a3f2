import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { adminUrlOf } from '../admin/admin.js';
import { call } from '../support/http.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { Collector, type Span } from './collector.js';

const [SERVER, CLIENT, ERROR] = [2, 3, 2];
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const collector = await Collector.listen();

describe('with OTEL_EXPORTER_OTLP_ENDPOINT, the service', () => {
  // OpenTelemetry reads it from the environment of the process.
  beforeAll(() => void vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '100'));
  afterAll(() => {
    vi.unstubAllEnvs();
    collector.close();
  });
  const stack = useStack({
    ADMIN_PORT: '0',
    TRUST_PROXY_HOPS: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });

  const login = async (headers: Record<string, string> = {}) =>
    call(`${stack.url}/api/weixin/login/`, { json: { code: await stack.code() }, headers });
  /** Waits for all spans of a request, and returns them. */
  async function traceOf(requestId: string | null, count: number): Promise<Span[]> {
    const trace = () => {
      const root = collector.spans.find((span) => attribute(span, 'weapp_passport.request_id') === requestId);
      return collector.spans.filter(({ traceId }) => traceId === root?.traceId);
    };
    await expect.poll(trace, { timeout: 5000 }).toHaveLength(count);
    return trace();
  }
  const attribute = ({ attributes }: Span, name: string) =>
    Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

  it('sends a login as one trace: the request with the call to WeChat and the write as its children', async () => {
    const answer = await login();
    expect(answer.status).toBe(200);
    const spans = await traceOf(answer.headers.get('x-request-id'), 3);
    const [request, weixin, write] = [SERVER, CLIENT, CLIENT].map((kind, index) => {
      const name = ['POST /api/weixin/login', 'GET /sns/jscode2session', 'database write'][index];
      return spans.find((span) => span.kind === kind && span.name === name);
    });
    if (!request || !weixin || !write) throw new Error('a span is missing');
    expect([weixin.parentSpanId, write.parentSpanId]).toEqual([request.spanId, request.spanId]);
    expect(Number(attribute(request, 'http.response.status_code'))).toBe(200);
    expect(attribute(weixin, 'url.path')).toBe('/sns/jscode2session');
    expect([...collector.services]).toEqual(['weapp-passport']);
    expect([...collector.paths]).toEqual(['/v1/traces']);
  });

  it('names the problem in the trace of a refused login', async () => {
    await stack.breakWeixin('html', { times: 1 });
    const answer = await login();
    const spans = await traceOf(answer.headers.get('x-request-id'), 2);
    const weixin = spans.find(({ name }) => name === 'GET /sns/jscode2session');
    expect(weixin && [weixin.status.code, attribute(weixin, 'error.type')]).toEqual([
      ERROR,
      'weixin_unavailable',
    ]);
  });

  it('continues the trace of a trusted proxy, and starts its own for an invalid traceparent', async () => {
    const traced = await login({ traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` });
    const [span] = await traceOf(traced.headers.get('x-request-id'), 3);
    expect(span?.traceId).toBe(TRACE_ID);
    const forged = await login({ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` });
    const [own] = await traceOf(forged.headers.get('x-request-id'), 3);
    expect(own?.traceId).not.toMatch(/^0+$/);
  });

  it('trusts the traceparent by the proxies of the listener that accepted the connection', async () => {
    const url = `${adminUrlOf(stack)}/api/admin/apps`;
    const { headers } = await call(url, { headers: { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` } });
    const [span] = await traceOf(headers.get('x-request-id'), 1);
    expect(span?.traceId).not.toBe(TRACE_ID);
  });

  it('sends no code, token, secret, session_key or openid to the collector', async () => {
    const code = await stack.code();
    const answer = await call<{ access: string; refresh: string }>(
      `${stack.url}/api/weixin/login/?a=${code}`,
      {
        json: { code },
      },
    );
    const { access, refresh } = answer.body;
    await call(`${stack.url}/api/weixin/data/`, { token: access });
    await call(`${stack.url}/api/token/refresh/?token=${refresh}`, { json: { refresh } });
    await traceOf(answer.headers.get('x-request-id'), 3);
    await expect.poll(() => collector.received).toContain('POST /api/token/refresh');
    const people = await rows<{ openid: string }>(stack.databaseUrl, 'SELECT openid FROM weixin_identities');
    const secrets = [code, access, refresh, 'sandbox-secret', ...people.map(({ openid }) => openid)];
    for (const secret of secrets) expect(collector.received).not.toContain(secret);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { Collector, type Span } from './collector.js';

const [SERVER, CLIENT, ERROR] = [2, 3, 2];
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

describe('with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  const stack = useStack();
  const collector = new Collector();
  let instance: Instance;

  beforeAll(async () => {
    instance = await Instance.start({
      ...stack.env,
      TRUST_PROXY_HOPS: '1',
      OTEL_EXPORTER_OTLP_ENDPOINT: await collector.listen(),
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
  });
  afterAll(async () => {
    await instance.stop();
    collector.close();
  });

  const login = async (headers: Record<string, string> = {}) =>
    call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() }, headers });
  /** The spans of a request, once all of them have come. */
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

  it('a login is one trace: the request, in it the call to WeChat and the write', async () => {
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

  it('the trace of a refused login names the problem', async () => {
    await stack.breakWeixin('html', { times: 1 });
    const answer = await login();
    const spans = await traceOf(answer.headers.get('x-request-id'), 2);
    const weixin = spans.find(({ name }) => name === 'GET /sns/jscode2session');
    expect(weixin && [weixin.status.code, attribute(weixin, 'error.type')]).toEqual([
      ERROR,
      'weixin_unavailable',
    ]);
  });

  it('goes on with the trace that a trusted proxy names, and begins its own for a header that is none', async () => {
    const traced = await login({ traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` });
    const [span] = await traceOf(traced.headers.get('x-request-id'), 3);
    expect(span?.traceId).toBe(TRACE_ID);
    const forged = await login({ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` });
    const [own] = await traceOf(forged.headers.get('x-request-id'), 3);
    expect(own?.traceId).not.toMatch(/^0+$/);
  });

  it('sends no code, token, secret, session_key or openid to the collector', async () => {
    const code = await stack.code();
    const answer = await call<{ access: string; refresh: string }>(
      `${instance.url}/api/weixin/login/?a=${code}`,
      {
        json: { code },
      },
    );
    const { access, refresh } = answer.body;
    await call(`${instance.url}/api/weixin/data/`, { token: access });
    await call(`${instance.url}/api/token/refresh/?token=${refresh}`, { json: { refresh } });
    await traceOf(answer.headers.get('x-request-id'), 3);
    await expect.poll(() => collector.received).toContain('POST /api/token/refresh');
    const people = await rows<{ openid: string }>(stack.databaseUrl, 'SELECT openid FROM weixin_identities');
    const secrets = [code, access, refresh, 'sandbox-secret', ...people.map(({ openid }) => openid)];
    for (const secret of secrets) expect(collector.received).not.toContain(secret);
  });
});

describe('with a collector that is not there', () => {
  const stack = useStack();

  it('the service works, says so once, and stops in time', async () => {
    const instance = await Instance.start({
      ...stack.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    for (let times = 0; times < 5; times += 1) {
      const answer = await call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } });
      expect(answer.status).toBe(200);
    }
    await expect.poll(() => instance.output, { timeout: 10_000 }).toContain('traces do not arrive');
    expect(await instance.stop()).toBe(0);
    expect(instance.output.match(/traces do not arrive/g)).toHaveLength(1);
  });

  it('ends with 0 although the last spans are lost', async () => {
    const instance = await Instance.start({
      ...stack.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    });
    await call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } });
    expect(await instance.stop()).toBe(0);
    expect(instance.output).toContain('traces do not arrive');
  });
});

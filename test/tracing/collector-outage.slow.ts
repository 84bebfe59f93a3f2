import { describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { useStack } from '../support/stack.js';

describe('with a collector that does not answer, the service', () => {
  const stack = useStack();

  it('works, logs the fault once, and exits with 0', async () => {
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

  it('exits with 0 if it loses the last spans', async () => {
    const instance = await Instance.start({
      ...stack.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    });
    await call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } });
    expect(await instance.stop()).toBe(0);
    expect(instance.output).toContain('traces do not arrive');
  });
});

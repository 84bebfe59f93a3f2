import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

const addressOf = (output: string) => /metrics on (http:\/\/[\d.:]+\/metrics)/.exec(output)?.[1] ?? '';

describe('where /metrics is', () => {
  const folder = useFolder();
  const production = {
    NODE_ENV: 'production',
    PORT: '0',
    SECRET_KEY,
    WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
    JWT_ISSUER: 'https://login.example.com',
    DATABASE_URL: `sqlite:${join(folder, 'metrics.sqlite')}`,
  };

  it('in production: nowhere', async () => {
    const instance = await Instance.start(production);
    expect((await call(`${instance.url}/metrics`)).status).toBe(404);
    expect(await instance.stop()).toBe(0);
  });

  it('in production with METRICS_PORT: there and not on PORT, until the service stops', async () => {
    const instance = await Instance.start({ ...production, METRICS_PORT: '0' });
    await expect.poll(() => addressOf(instance.output)).not.toBe('');
    const address = addressOf(instance.output);
    await call(`${instance.url}/health/live`);
    const answer = await call(address);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/_http_request_duration_seconds_count\{[^}]*route="\/health\/live"[^}]*\} 1/);
    expect((await call(`${instance.url}/metrics`)).status).toBe(404);
    for (const other of ['/', '/metrics/x', '/api/me']) {
      expect((await call(new URL(other, address).href)).status).toBe(404);
    }
    expect((await call(address, { method: 'POST' })).status).toBe(404);
    expect(await instance.stop()).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('with a METRICS_PORT that is taken: no start, and the reason', async () => {
    const instance = await Instance.start({ ...production, METRICS_PORT: '0' });
    await expect.poll(() => addressOf(instance.output)).not.toBe('');
    const { port } = new URL(addressOf(instance.output));
    await expect(Instance.start({ ...production, METRICS_PORT: port })).rejects.toThrow('METRICS_PORT');
    await instance.stop();
  });
});

describe('if metrics are not exposed', () => {
  const stack = useStack({
    NODE_ENV: 'production',
    WEIXIN_ALLOW_HTTP: 'true',
    JWT_ISSUER: 'https://login.example.com',
    WEIXIN_APPS: 'wxsandbox000000001:sandbox-secret',
  });

  it('the service works all the same', async () => {
    expect((await stack.login({ code: await stack.code() })).status).toBe(200);
    expect((await stack.call('/metrics')).status).toBe(404);
  });
});

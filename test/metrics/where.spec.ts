import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { SECRET_KEY, useStack } from '../support/stack.js';

const addressOf = (output: string) => /metrics on (http:\/\/[\d.:]+\/metrics)/.exec(output)?.[1] ?? '';

describe('a service in production with METRICS_PORT', () => {
  const folder = useFolder();
  const production = {
    NODE_ENV: 'production',
    PORT: '0',
    SECRET_KEY,
    WEIXIN_APPS: 'wx1234567890abcdef:0123456789abcdef0123456789abcdef',
    JWT_ISSUER: 'https://login.example.com',
    DATABASE_URL: `sqlite:${join(folder, 'metrics.sqlite')}`,
  };

  let instance: Instance;
  let address = '';
  beforeAll(async () => {
    instance = await Instance.start({ ...production, METRICS_PORT: '0' });
    address = await vi.waitUntil(() => addressOf(instance.output));
  });
  afterAll(() => instance.stop());

  it('serves /metrics and nothing else there, and not on PORT', async () => {
    await call(`${instance.url}/health/live`);
    const answer = await call(address);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/_http_request_duration_seconds_count\{[^}]*route="\/health\/live"[^}]*\} 1/);
    expect((await call(`${instance.url}/metrics`)).status).toBe(404);
    for (const other of ['/', '/metrics/x', '/api/me']) {
      expect((await call(new URL(other, address).href)).status).toBe(404);
    }
    expect((await call(address, { method: 'POST' })).status).toBe(404);
  });

  it('does not start with a METRICS_PORT that is taken, and gives the reason', async () => {
    const taken = { ...production, METRICS_PORT: new URL(address).port };
    await expect(Instance.start(taken)).rejects.toThrow('METRICS_PORT');
  });

  it('closes METRICS_PORT when it stops', async () => {
    expect(await instance.stop()).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });
});

describe('a service in production without METRICS_PORT', () => {
  const stack = useStack({
    NODE_ENV: 'production',
    WEIXIN_ALLOW_HTTP: 'true',
    JWT_ISSUER: 'https://login.example.com',
    WEIXIN_APPS: 'wxsandbox000000001:sandbox-secret',
  });

  it('serves no /metrics and works', async () => {
    expect((await stack.login({ code: await stack.code() })).status).toBe(200);
    expect((await stack.call('/metrics')).status).toBe(404);
  });
});

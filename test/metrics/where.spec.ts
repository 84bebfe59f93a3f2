import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { useFolder } from '../support/folder.js';
import { call } from '../support/http.js';
import { startService } from '../support/service.js';
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

  let service: Awaited<ReturnType<typeof startService>>;
  let address = '';
  beforeAll(async () => {
    let output = '';
    const logs = { write: (line: string) => void (output += line) };
    service = await startService({ ...production, METRICS_PORT: '0' }, { logs });
    address = addressOf(output);
  });
  afterAll(() => service.app.close());

  it('serves /metrics and nothing else there, and not on PORT', async () => {
    await call(`${service.url}/health/live`);
    const answer = await call(address);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/_http_request_duration_seconds_count\{[^}]*route="\/health\/live"[^}]*\} 1/);
    expect((await call(`${service.url}/metrics`)).status).toBe(404);
    for (const other of ['/', '/metrics/x', '/api/me']) {
      expect((await call(new URL(other, address).href)).status).toBe(404);
    }
    expect((await call(address, { method: 'POST' })).status).toBe(404);
  });

  it('does not start with a METRICS_PORT that is taken, and gives the reason', async () => {
    const taken = { ...production, METRICS_PORT: new URL(address).port };
    const app = await createApp(loadConfig(taken), { logs: { write: () => undefined } });
    await expect(app.listen(0, '127.0.0.1')).rejects.toThrow('METRICS_PORT');
    await app.close();
  });

  it('closes METRICS_PORT when it stops', async () => {
    await service.app.close();
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

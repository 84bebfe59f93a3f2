import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { call } from '../support/http.js';
import { freePort } from '../support/process.js';
import { exchange, rawRequest } from '../support/raw-http.js';
import { SECRET_KEY, useStack } from '../support/stack.js';
import { adminUrlOf } from './admin.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'];

/** Ways to write one path that a router, a proxy or a filter may read differently. */
const spellings = (path: string) => {
  const [, first = '', ...rest] = path.split('/');
  const last = rest.join('/');
  return [
    path,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `/${first}//${last}`,
    `/./${first}/${last}`,
    `/${first}/./${last}`,
    `/x/..${path}`,
    `/docs/..${path}`,
    `${path};x`,
    `/${first};x/${last}`,
    `${path}?x=1`,
    `${path}%2f`,
    `/${first}%2f${last}`,
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}/${last}`,
    `/%25${first.charCodeAt(0).toString(16)}${first.slice(1)}/${last}`,
    `${path}%00`,
    `${path}%`,
    `${path}#x`,
    `${path}\\`,
    path.toUpperCase(),
    `http://127.0.0.1${path}`,
    `http://localhost:9002${path}`,
    `http://attacker.example${path}`,
    `*`,
  ];
};

const ADMIN_PATHS = ['/oauth/token', '/oauth/introspect', '/api/admin/apps'];
// `/` is on both: see console.spec.ts.
const PUBLIC_PATHS = [
  '/docs',
  '/docs-json',
  '/metrics',
  '/health/live',
  '/api/me',
  '/api/sessions',
  '/api/weixin/login',
  '/api/weixin/data',
  '/api/token/refresh',
  '/.well-known/jwks.json',
];

describe('the two listeners of a service', () => {
  const stack = useStack({ ADMIN_PORT: '0', DOCS: 'true' });
  const admin = () => adminUrlOf(stack);

  /** Returns the answers to each method and spelling. */
  const answers = (url: string, path: string) =>
    Promise.all(
      METHODS.flatMap((method) =>
        spellings(path).map(async (target) => [
          method,
          target,
          (await rawRequest(url, method, target)).status,
        ]),
      ),
    );

  it.each(ADMIN_PATHS)('answer 404 on the public one for every spelling of %s', async (path) => {
    const found = await answers(stack.url, path);
    // Swagger UI answers GET for everything below /docs, and 405 for the rest.
    const ofDocs = ([, target, status]: unknown[]) =>
      status === 405 && /^(\/docs\/|\*$)/.test(String(target));
    expect(found.filter((answer) => answer[2] !== 404 && !ofDocs(answer))).toEqual([]);
  });

  it.each(PUBLIC_PATHS)('answer 404 on the admin one for every spelling of %s', async (path) => {
    const found = await answers(admin(), path);
    expect(found.filter(([, , status]) => status !== 404 && status !== 421)).toEqual([]);
  });

  it('serve each its own routes', async () => {
    expect((await call(`${stack.url}/health/live`)).status).toBe(200);
    expect((await call(`${admin()}/api/admin/apps`)).status).toBe(401);
    expect((await call(`${admin()}/oauth/token`, { method: 'POST' })).status).toBe(400);
  });

  it('answer 405 with the methods of their own routes', async () => {
    const { status, headers } = await call(`${admin()}/api/admin/apps`, { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['1.0', '1.1'])('keep their routes apart for HTTP/%s with an upgrade', async (version) => {
    const upgrade = (path: string) =>
      `GET ${path} HTTP/${version}\r\nHost: 127.0.0.1\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`;
    expect((await exchange(stack.url, upgrade('/api/admin/apps'))).status).toBe(404);
    expect((await exchange(admin(), upgrade('/health/live'))).status).toBe(404);
    expect((await exchange(admin(), upgrade('/api/admin/apps'))).status).toBe(401);
  });

  it('have the same limits of the head, with a problem as the answer', async () => {
    const head = (headers: string) =>
      `GET /api/admin/apps HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}\r\n`;
    const long = await exchange(admin(), head(`X: ${'x'.repeat(20_000)}\r\n`));
    expect([long.status, long.code]).toEqual([431, 'headers_too_large']);
    const many = await exchange(admin(), head('x: y\r\n'.repeat(250)));
    expect([many.status, many.code]).toEqual([431, 'headers_too_large']);
    const malformed = await exchange(admin(), 'nonsense\r\n\r\n');
    expect([malformed.status, malformed.code]).toEqual([400, 'validation_failed']);
  });

  it('close a connection with too many pipelined requests, also the admin one', async () => {
    const { text } = await rawRequest(admin(), 'GET', '/api/admin/apps', 100).catch(() => ({ text: '' }));
    expect(text.match(/HTTP\/1.1/g)?.length ?? 0).toBeLessThan(100);
    expect((await rawRequest(admin(), 'GET', '/api/admin/apps')).status).toBe(401);
  });

  it.each([
    ['localhost', 401],
    ['LOCALHOST:1234', 401],
    ['127.0.0.1', 401],
    ['attacker.example', 421],
    ['127.0.0.1.attacker.example', 421],
    ['localhost@attacker.example', 421],
    ['attacker.example#localhost', 421],
    ['', 421],
  ])('check the host %j on the admin one with the answer %i', async (host, expected) => {
    const head = `GET /api/admin/apps HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expect((await exchange(admin(), head)).status).toBe(expected);
  });

  it('check the host of an unknown path and of a request without Host too', async () => {
    const foreign = 'GET /x HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n';
    expect((await exchange(admin(), foreign)).code).toBe('host_not_allowed');
    expect((await exchange(admin(), 'GET /api/admin/apps HTTP/1.0\r\n\r\n')).status).toBe(421);
  });
});

describe('a public socket that resembles the admin listener', () => {
  const settings = { NODE_ENV: 'test', SECRET_KEY, DATABASE_URL: 'sqlite::memory:' };
  const started = (env: NodeJS.ProcessEnv) =>
    createApp(loadConfig({ ...settings, ...env }), { logs: { write: () => undefined } });

  it.each([
    ['127.0.0.1', '127.0.0.2'],
    ['::1', '127.0.0.1'],
    ['127.0.0.1', '::1'],
  ])('serves public routes only: port of the admin listener on %s, public on %s', async (adminHost, host) => {
    const port = await freePort();
    const app = await started({ ADMIN_PORT: String(port), ADMIN_HOST: adminHost });
    await app.listen(port, host);
    const base = (address: string) => `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    const status = async (address: string, path: string) => (await call(base(address) + path)).status;
    try {
      expect([await status(host, '/api/admin/apps'), await status(host, '/health/live')]).toEqual([404, 200]);
      expect([await status(adminHost, '/api/admin/apps'), await status(adminHost, '/health/live')]).toEqual([
        401, 404,
      ]);
    } finally {
      await app.close();
    }
    await expect(fetch(base(adminHost))).rejects.toThrow();
  });

  it('serves public routes only on a Unix socket and by inject()', async () => {
    const socketPath = join(tmpdir(), `weapp-passport-${process.pid}.sock`);
    const app = await started({ ADMIN_PORT: '0' });
    const fastify = app.getHttpAdapter().getInstance();
    await fastify.listen({ path: socketPath });
    const status = (path: string) =>
      new Promise((resolve, reject) => {
        request({ socketPath, path, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    try {
      expect([await status('/api/admin/apps'), await status('/health/live')]).toEqual([404, 200]);
      const injected = await app.inject({ url: '/api/admin/apps' });
      expect(injected.statusCode).toBe(404);
    } finally {
      await app.close();
      rmSync(socketPath, { force: true });
    }
  });

  it('serves no admin route if the admin listener is off', async () => {
    const app = await started({});
    await app.listen(0, '127.0.0.1');
    try {
      for (const path of ADMIN_PATHS) {
        expect((await call((await app.getUrl()) + path, { method: 'POST' })).status).toBe(404);
      }
    } finally {
      await app.close();
    }
  });

  it('finishes a request in flight on the admin listener when the service stops', async () => {
    const logs: string[] = [];
    const env = { ...settings, ADMIN_PORT: '0' };
    const app = await createApp(loadConfig(env), { logs: { write: (line) => void logs.push(line) } });
    await app.listen(0, '127.0.0.1');
    const { hostname, port } = new URL(adminUrlOf({ logs }));
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    let text = '';
    socket.on('data', (chunk: string) => (text += chunk));
    const head = ['POST /oauth/token HTTP/1.1', 'Host: localhost', 'Content-Length: 40'];
    socket.write(
      `${head.join('\r\n')}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nclient_id=x&`,
    );
    await once(socket, 'connect');
    await sleep(50);
    const stopped = app.close();
    await expect(fetch(adminUrlOf({ logs }))).rejects.toThrow();
    await sleep(300);
    socket.write('client_secret=x&'.padEnd(28, 'y'));
    await once(socket, 'close');
    await stopped;
    expect(text).toMatch(/^HTTP\/1.1 401 /);
  });

  it('does not start if ADMIN_PORT is taken, and gives the reason', async () => {
    const port = await freePort();
    const first = await started({ ADMIN_PORT: String(port) });
    await first.listen(0, '127.0.0.1');
    const second = await started({ ADMIN_PORT: String(port) });
    await expect(second.listen(0, '127.0.0.1')).rejects.toThrow('ADMIN_PORT cannot be used');
    await first.close();
  });
});

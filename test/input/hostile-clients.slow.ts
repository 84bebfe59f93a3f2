import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { adminUrlOf } from '../admin/admin.js';
import { call } from '../support/http.js';
import { useInstance } from '../support/instance.js';
import { samplesOf } from '../support/scrape.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

const headOf = (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
/** A head, a body, and a body of a request that is refused by its head. */
const BEGINNINGS = [
  `${headOf('/api/weixin/login/')}X-Slow: `,
  `${headOf('/api/weixin/login/')}Content-Length: 500\r\n\r\n{"code":"`,
  `${headOf('/api/weixin/data/')}Content-Length: 500\r\n\r\n{"items":"`,
  `${headOf('/oauth/token')}Content-Length: 500\r\n\r\nclient_id=`,
];
const CLIENTS = 1000;

const DOCUMENT = { items: ['x'.repeat(65_000)] };

describe('with hostile clients, the service', () => {
  const stack = useStack();
  const instance = useInstance(() => ({ ...stack.env, NODE_OPTIONS: '--max-old-space-size=256' }));
  const sockets: Socket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });

  const residentMegabytes = async () => {
    const { text } = await call(`${instance.url}/metrics`);
    const [sample] = samplesOf(text).filter(({ name }) => name.endsWith('process_resident_memory_bytes'));
    return (sample?.value ?? NaN) / 1024 / 1024;
  };

  it.each([
    { connections: 20, pipelined: 400 },
    { connections: 50, pipelined: 17 },
  ])(
    'uses less than 100 MB for $connections connections that pipeline $pipelined requests and read no answer',
    async (hostile) => {
      const { access: token } = await stack.loggedIn();
      const path = `${instance.url}/api/weixin/data/`;
      expect((await call(path, { token, json: DOCUMENT })).status).toBe(200);
      for (let warmUp = 0; warmUp < 200; warmUp += 1) await call(path, { token });
      const before = await residentMegabytes();

      const { hostname, port } = new URL(instance.url);
      const request = `GET /api/weixin/data HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`;
      for (let index = 0; index < hostile.connections; index += 1) {
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        await once(socket, 'connect');
        socket.pause().write(request.repeat(hostile.pipelined));
        sockets.push(socket);
      }
      let peak = 0;
      for (let turn = 0; turn < 10; turn += 1) {
        const answering = startStopwatch();
        expect((await call(path, { token })).status).toBe(200);
        expect(answering()).toBeLessThan(5000);
        peak = Math.max(peak, await residentMegabytes());
        await sleep(50);
      }
      expect(peak - before).toBeLessThan(100);
    },
  );

  it('closes 1,000 connections to both listeners that send a byte a second at the deadlines, and delays no other client', async () => {
    const addresses = [instance.url, adminUrlOf({ logs: [instance.output] })];
    const stopwatch = startStopwatch();
    const sockets = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index): Promise<Socket> => {
        const { hostname, port } = new URL(addresses[index % addresses.length] ?? '');
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(BEGINNINGS[index % BEGINNINGS.length] ?? '');
        return socket.resume();
      }),
    );
    const closed = Promise.all(
      sockets.map(async (socket) => {
        if (!socket.closed) await once(socket, 'close');
      }),
    );
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('x');
    }, 1000);
    try {
      for (let turn = 0; turn < 10; turn += 1) {
        const answering = startStopwatch();
        const login = await call(`${instance.url}/api/weixin/login/`, { json: { code: await stack.code() } });
        expect(login.status).toBe(200);
        expect(answering()).toBeLessThan(2000);
        await sleep(300);
      }
      await closed;
      expect(stopwatch()).toBeLessThan(25_000);
    } finally {
      clearInterval(drip);
      for (const socket of sockets) socket.destroy();
    }
    expect((await call(`${instance.url}/health/live`)).status).toBe(200);
  });
});

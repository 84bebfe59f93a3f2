import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

const headOf = (path: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
/** A head, a body, and a body of a request that is refused by its head. */
const BEGINNINGS = [
  `${headOf('/api/weixin/login/')}X-Slow: `,
  `${headOf('/api/weixin/login/')}Content-Length: 500\r\n\r\n{"code":"`,
  `${headOf('/api/weixin/data/')}Content-Length: 500\r\n\r\n{"items":"`,
];
const CLIENTS = 1000;

describe('a thousand clients that send a byte a second', () => {
  const stack = useStack();
  let instance: Instance;
  beforeAll(async () => {
    instance = await Instance.start(stack.env);
  });
  afterAll(() => instance.stop());

  it('are cut off at the deadlines for head and body, and nobody else waits for them', async () => {
    const { hostname, port } = new URL(instance.url);
    const stopwatch = startStopwatch();
    const sockets = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index): Promise<Socket> => {
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

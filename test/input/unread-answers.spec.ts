import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/http.js';
import { Instance } from '../support/instance.js';
import { samplesOf } from '../support/scrape.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';

const DOCUMENT = { items: ['x'.repeat(65_000)] };

describe('clients that send requests and read no answer', () => {
  const stack = useStack();
  let instance: Instance;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    instance = await Instance.start({ ...stack.env, NODE_OPTIONS: '--max-old-space-size=256' });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await instance.stop();
  });

  const residentMegabytes = async () => {
    const { text } = await call(`${instance.url}/metrics`);
    const [sample] = samplesOf(text).filter(({ name }) => name.endsWith('process_resident_memory_bytes'));
    return (sample?.value ?? NaN) / 1024 / 1024;
  };

  it.each([
    { connections: 20, pipelined: 400 },
    { connections: 50, pipelined: 17 },
  ])('take little memory and delay no others: $connections × $pipelined', async (hostile) => {
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
  });
});

describe('MAX_CONNECTIONS', () => {
  const stack = useStack({ MAX_CONNECTIONS: '3' });

  it('bounds the connections: further ones are closed, with one warning, until others have ended', async () => {
    const { hostname, port } = new URL(stack.url);
    const open = async () => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      await once(socket, 'connect');
      socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
      const answered = await Promise.race([
        once(socket, 'data').then(() => true),
        once(socket, 'close').then(() => false),
      ]);
      return { socket, answered };
    };
    const opened = [];
    for (let count = 0; count < 6; count += 1) opened.push(await open());
    expect(opened.map(({ answered }) => answered)).toEqual([true, true, true, false, false, false]);
    expect(stack.logs.filter((line) => line.includes('MAX_CONNECTIONS'))).toHaveLength(1);
    opened[0]?.socket.destroy();
    await expect.poll(async () => (await open()).answered).toBe(true);
    for (const { socket } of opened) socket.destroy();
  });
});

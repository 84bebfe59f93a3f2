import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { RequestsInTurn } from './requests-in-turn.js';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('RequestsInTurn', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(requests: RequestsInTurn, handler: RequestListener): Promise<number> {
    const server = createServer();
    servers.push(server);
    requests.attach(server, handler);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function open(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  /** Everything that arrives, to read later. */
  function textOf(socket: Socket): { text: string } {
    const received = { text: '' };
    socket.setEncoding('utf8').on('data', (chunk: string) => (received.text += chunk));
    return received;
  }

  it('serves pipelined requests in their order, one at a time', async () => {
    let inService = 0;
    let most = 0;
    const requests = new RequestsInTurn();
    const port = await serve(requests, (request, response) => {
      most = Math.max(most, (inService += 1));
      setTimeout(() => {
        inService -= 1;
        response.end(`<${String(request.url)}>`);
      }, 5);
    });
    const socket = await open(port);
    const received = textOf(socket);
    const paths = Array.from({ length: 17 }, (_, index) => `/${index}`);
    socket.write(paths.map(get).join(''));
    const answers = () => received.text.match(/<[^>]+>/g);
    await expect.poll(answers).toHaveLength(17);
    expect(answers()).toEqual(paths.map((path) => `<${path}>`));
    expect(most).toBe(1);
    await requests.idle();
  });

  it('serves requests that a keep-alive client sends after each answer, however many', async () => {
    const port = await serve(new RequestsInTurn(), (_, response) => response.end('<ok>'));
    const socket = await open(port);
    for (let count = 0; count < 100; count += 1) {
      socket.write(get('/'));
      const [bytes] = (await once(socket, 'data')) as [Buffer];
      expect(bytes.toString()).toContain('<ok>');
    }
  });

  it('closes a connection with more than 16 waiting requests, and serves none of them', async () => {
    let served = 0;
    const requests = new RequestsInTurn();
    const port = await serve(requests, () => (served += 1));
    const socket = await open(port);
    socket.resume().write(get('/').repeat(1000));
    await once(socket, 'close');
    await requests.idle();
    expect(served).toBe(1);
  });

  it('closes a connection whose client reads a little every second, at the deadline for taking an answer', async () => {
    const requests = new RequestsInTurn(1500);
    // More than the kernel buffers for a client that does not read.
    let startedAt = NaN;
    const port = await serve(requests, (_, response) => {
      startedAt = performance.now();
      response.end(Buffer.alloc(32 * 1024 * 1024));
    });
    const socket = await open(port);
    socket.pause().write(get('/'));
    await expect.poll(() => startedAt).not.toBeNaN();
    const drip = setInterval(() => socket.read(1000) as unknown, 200);
    await requests.idle();
    clearInterval(drip);
    expect(performance.now() - startedAt).toBeGreaterThan(1500);
    expect(performance.now() - startedAt).toBeLessThan(7000);
  });

  it('lets a slow request take its time before its answer begins', async () => {
    const requests = new RequestsInTurn(500);
    const port = await serve(requests, (_, response) => {
      setTimeout(() => response.end('<late>'), 3000);
    });
    const socket = await open(port);
    const received = textOf(socket);
    socket.write(get('/'));
    await expect.poll(() => received.text, { timeout: 5000 }).toContain('<late>');
  });

  it('is idle after a client went away, with requests in service and waiting', async () => {
    const requests = new RequestsInTurn();
    let began: () => void;
    const beginning = new Promise<void>((resolve) => (began = resolve));
    const port = await serve(requests, () => {
      began();
    });
    const socket = await open(port);
    socket.write(get('/').repeat(5));
    await beginning;
    const idle = requests.idle();
    expect(await Promise.race([idle.then(() => 'idle'), sleep(50, 'busy')])).toBe('busy');
    socket.destroy();
    await idle;
  });
});

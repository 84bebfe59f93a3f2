import { createServer, type Socket } from 'node:net';
import axios from 'axios';
import { afterEach, describe, expect, it } from 'vitest';
import { DeadlineError, weixinTransport } from './weixin-transport.js';

/** A server that answers every connection with these bytes, and then closes it or not. */
async function answering(bytes: string, close: boolean): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket
      .on('error', () => undefined)
      .once('data', () => {
        socket.write(bytes);
        if (close) socket.end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => server.close();
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
}

const sockets: Socket[] = [];
let stop: () => void = () => undefined;
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  stop();
});

describe('weixinTransport', () => {
  const http = axios.create({
    adapter: weixinTransport(),
    timeout: 200,
    maxContentLength: 100,
    responseType: 'text',
  });
  const get = async (bytes: string, close = true) => http.get<string>(await answering(bytes, close));

  it('gives status and text', async () => {
    const { status, data } = await get('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}');
    expect([status, data]).toEqual([404, '{}']);
  });

  it.each([
    ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['is cut off', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}'],
    ['is no HTTP', 'hello\r\n\r\n'],
    ['is nothing', ''],
    ['is too large', `HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n${'x'.repeat(101)}`],
  ])('fails when the answer %s', async (_, bytes) => {
    await expect(get(bytes)).rejects.toThrow();
  });

  it.each([
    ['nothing comes', ''],
    ['only the head comes', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n'],
  ])('gives up at the deadline when %s', async (_, bytes) => {
    await expect(get(bytes, false)).rejects.toBeInstanceOf(DeadlineError);
  });
});

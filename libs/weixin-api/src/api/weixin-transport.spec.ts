import { createServer, type Server, type Socket } from 'node:net';
import axios from 'axios';
import { afterEach, describe, expect, it } from 'vitest';
import { DeadlineError, NotConnectedError } from './send-once.js';
import { weixinTransport } from './weixin-transport.js';

const TIMEOUT_MS = 600;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
/** Nothing listens there. */
const REFUSES = 'http://127.0.0.1:9';

/** A server that answers every request with these bytes, and then closes the connection or not. */
async function answering(bytes: string, close = true) {
  const received: string[] = [];
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    sockets.push(socket);
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        received.push(data.toString());
        socket.write(bytes);
        if (close) socket.end();
      });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authority = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return { url: `http://${authority}`, silentTls: `https://${authority}`, received, connections };
}

const sockets: Socket[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

const client = (baseUrl: string, fallbackUrl?: string) =>
  axios.create({
    adapter: weixinTransport(baseUrl, fallbackUrl),
    timeout: TIMEOUT_MS,
    maxContentLength: 100,
    responseType: 'text',
  });

describe('one call', () => {
  const get = async (bytes: string, close = true) =>
    client((await answering(bytes, close)).url).get<string>('/path?a=b');

  it('gives status and text', async () => {
    const { status, data } = await get('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}');
    expect([status, data]).toEqual([404, '{}']);
  });

  it('sends a body as JSON with its length in bytes, never chunked', async () => {
    const server = await answering(OK);
    await client(server.url).post('/path', { word: '微信' });
    const [head = '', body = ''] = (server.received[0] ?? '').split('\r\n\r\n');
    expect(body).toBe('{"word":"微信"}');
    expect(head).toMatch(/^POST \/path HTTP/);
    expect(head).toMatch(/^content-length: 17$/im);
    expect(head).toMatch(/^content-type: application\/json$/im);
    expect(head).not.toMatch(/^transfer-encoding/im);
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

describe('two addresses', () => {
  it.each([
    ['refuses', () => Promise.resolve(REFUSES)],
    ['has no address', () => Promise.resolve('http://nowhere.invalid')],
    ['never ends the TLS handshake', async () => (await answering('', false)).silentTls],
    ['speaks no TLS', async () => (await answering('HTTP/1.1 400 Bad Request\r\n\r\n')).silentTls],
  ])('sends the call to the second when the first %s', async (_, first) => {
    const fallback = await answering(OK);
    const { data } = await client(await first(), fallback.url).get<string>('/path');
    expect(data).toBe('{}');
    expect(fallback.received).toHaveLength(1);
  });

  it.each([
    ['answers nothing', '', true],
    ['answers half', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}', true],
    ['never answers', '', false],
    ['says 500', 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n', true],
  ])('never sends a call again that had a connection: the first %s', async (_, bytes, close) => {
    const [first, fallback] = [await answering(bytes, close), await answering(OK)];
    await client(first.url, fallback.url)
      .get('/path')
      .catch(() => undefined);
    expect(first.received).toHaveLength(1);
    expect(fallback.connections).toHaveLength(0);
  });

  it('never sends a call again that broke on a kept connection', async () => {
    const [first, fallback] = [await answering(OK, false), await answering(OK)];
    const http = client(first.url, fallback.url);
    await http.get('/path');
    first.connections[0]?.prependOnceListener('data', () => first.connections[0]?.destroy());
    await expect(http.get('/path')).rejects.not.toBeInstanceOf(NotConnectedError);
    expect(first.connections).toHaveLength(1);
    expect(fallback.connections).toHaveLength(0);
  });

  it('keeps to one deadline for both', async () => {
    const startedAt = performance.now();
    const [first, fallback] = [await answering('', false), await answering('', false)];
    await expect(client(first.silentTls, fallback.silentTls).get('/path')).rejects.toBeInstanceOf(
      DeadlineError,
    );
    expect([first.connections.length, fallback.connections.length]).toEqual([1, 1]);
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + 500);
  });

  it('goes directly to the second for a while after the first could not be reached', async () => {
    const [first, fallback] = [await answering('', false), await answering(OK, false)];
    const http = client(first.silentTls, fallback.url);
    await http.get('/path');
    await http.get('/path');
    expect(first.connections).toHaveLength(1);
    expect(fallback.received).toHaveLength(2);
  });

  it('says that no connection was made when neither can be reached', async () => {
    await expect(client(REFUSES).get('/path')).rejects.toBeInstanceOf(NotConnectedError);
  });

  it('without a second one tries the first once more', async () => {
    const server = await answering('', false);
    await expect(client(server.silentTls).get('/path')).rejects.toBeInstanceOf(DeadlineError);
    expect(server.connections).toHaveLength(2);
  });
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../sandbox.js';
import type { ChainMessage } from './chain.js';

/** What stands for the service here: it answers with what it was asked, as a service of any kind might. */
const service = createServer((request, response) => void answer(request, response));
const elsewhere = createServer((_request, response) => response.end('elsewhere'));
let sandbox: ReturnType<typeof createSandbox>;
let url = '';

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const status = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
  response.writeHead(status, { 'content-type': 'application/json', etag: '"7"', 'set-cookie': 'a=b' });
  response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
}

interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

beforeAll(async () => {
  for (const server of [service, elsewhere]) {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  }
  sandbox = createSandbox(new URL(`http://127.0.0.1:${(service.address() as AddressInfo).port}`));
  url = await sandbox.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await sandbox.close();
  service.close();
  elsewhere.close();
});

describe('what a phone sends', () => {
  it('reaches the service with its method, path, query, headers and body', async () => {
    const response = await fetch(`${url}/sandbox/request/api/weixin/data/?a=1&b=%2F`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x', 'if-match': '"3"' },
      body: '{"items":[]}',
    });
    const asked = (await response.json()) as Asked;
    expect(asked).toMatchObject({ method: 'POST', url: '/api/weixin/data/?a=1&b=%2F', body: '{"items":[]}' });
    expect(asked.headers).toMatchObject({ authorization: 'Bearer x', 'if-match': '"3"' });
  });

  it('reaches the service however deep its JSON is, picture or not', async () => {
    await fetch(`${url}/`);
    const body = '['.repeat(50_000) + ']'.repeat(50_000);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/sandbox/request/x`, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ url: '/x', body });
  });

  it('is not known to come from a browser on the sandbox', async () => {
    const response = await fetch(`${url}/sandbox/request/`, {
      headers: { origin: url, referer: `${url}/phone/`, cookie: 'c=d', 'sandbox-phone': '1' },
    });
    const { headers } = (await response.json()) as Asked;
    expect(
      Object.keys(headers).filter((name) => /^(origin|referer|cookie|sandbox-|sec-)/.test(name)),
    ).toEqual([]);
  });

  it.each([200, 204, 401, 412, 503])(
    'comes back with the status %i and its headers, without a cookie',
    async (status) => {
      const response = await fetch(`${url}/sandbox/request/x?status=${status}`);
      expect(response.status).toBe(status);
      expect(response.headers.get('etag')).toBe('"7"');
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('sandbox-no-answer')).toBeNull();
    },
  );

  it('comes back without an answer where the phone’s network loses it, and was done all the same', async () => {
    const response = await fetch(`${url}/sandbox/request/x`, { headers: { 'sandbox-lose-answer': '1' } });
    expect(response.headers.get('sandbox-no-answer')).toContain('ERR_CONNECTION_RESET');
    expect(await response.text()).toBe('');
  });

  it('fails where there is no service', async () => {
    const alone = createSandbox(new URL('http://127.0.0.1:1'));
    const response = await alone.inject({ url: '/sandbox/request/x', headers: { host: 'localhost' } });
    expect(response.statusCode).toBe(502);
    expect(response.headers['sandbox-no-answer']).toContain('ECONNREFUSED');
    await alone.close();
  });
});

describe('a request in the diagram', () => {
  const TOKEN = `eyJhbGciOi.${'x'.repeat(60)}.${'y'.repeat(60)}tail`;

  /** The messages about a path, from the stream. */
  async function drawn(path: string): Promise<ChainMessage[]> {
    const { body } = await fetch(`${url}/sandbox/events`);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    let stream = '';
    for (;;) {
      stream += (await reader?.read())?.value ?? '';
      const all = [...stream.matchAll(/^data: (.*)\n\n/gm)].map(
        ([, data]) => JSON.parse(data ?? '') as ChainMessage,
      );
      const { exchange } = all.find(({ label }) => label.endsWith(path)) ?? {};
      const found = all.filter((message) => exchange !== undefined && message.exchange === exchange);
      if (found.length < 2) continue;
      await reader?.cancel();
      return found;
    }
  }

  it('shows its method, address, token and version, and its answer the status, ETag and time', async () => {
    await fetch(`${url}/`);
    await fetch(`${url}/sandbox/request/drawn?status=412`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'if-match': '"3"', cookie: 'secret=1' },
    });
    const [asked, answered] = await drawn('/drawn');
    expect(asked?.request).toEqual({
      method: 'GET',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/drawn\?status=412$/) as string,
      headers: { Authorization: 'Bearer eyJh…tail', 'If-Match': '"3"' },
    });
    expect(asked?.body).toBeUndefined();
    expect(answered).toMatchObject({
      outcome: 'refused',
      answer: { status: 412, headers: { ETag: '"7"', 'Content-Type': 'application/json' } },
    });
    expect(JSON.stringify(answered)).not.toContain(TOKEN);
  });
});

describe('no path leads away from the service:', () => {
  const away = () => `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;

  it.each([
    (host: string) => `/sandbox/request//${host}/`,
    (host: string) => `/sandbox/request/http://${host}/`,
    (host: string) => `/sandbox/request/@${host}/`,
    (host: string) => `/sandbox/request/\\${host}/`,
    (host: string) => `http://${host}/sandbox/request/x`,
  ])('%s', async (path) => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET ${path(away())} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`);
    const answered = await text(socket);
    expect(answered).toMatch(/^HTTP\/1\.1 \d{3} /);
    expect(answered).not.toMatch(/\r\n\r\nelsewhere/);
  });

  it('refuses strangers, as every route of the sandbox does', async () => {
    const response = await fetch(`${url}/sandbox/request/x`, { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exchange } from '../support/raw-http.js';
import { useStack } from '../support/stack.js';

const DATA = '/api/weixin/data';
const KIB = 1024;
/** Nearly as large as the route allows, and slow to parse. */
const COSTLY = `{"a":[${'[],'.repeat(130_000)}[]]}`;
const NO_JSON = '{';
const NEXT = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

const headOf = (headers: readonly string[], path = DATA) =>
  `${[`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...headers].join('\r\n')}\r\n\r\n`;
const lengthOf = (body: string) => `Content-Length: ${body.length}`;
const chunkOf = (body: string) => `${body.length.toString(16)}\r\n${body}\r\n`;
const statusesIn = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

describe('a request to a guarded route without a good access token', () => {
  const stack = useStack();

  it('is refused before its body is parsed, on every guarded route', async () => {
    const { body } = await stack.call<{ paths: Record<string, Record<string, { security?: unknown }>> }>(
      '/docs-json',
    );
    const seen = { guarded: 0, open: 0 };
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        if (method === 'get') continue;
        const answer = await stack.call(path, {
          method: method.toUpperCase(),
          body: NO_JSON,
          headers: { 'content-type': 'application/json' },
        });
        seen[security ? 'guarded' : 'open'] += 1;
        expect(answer.status, `${method} ${path}`).toBe(security ? 401 : 400);
      }
    }
    expect(seen.guarded).toBeGreaterThan(5);
    expect(seen.open).toBeGreaterThan(3);
  });

  it('gets the same answer as without a body', async () => {
    const [ended, disabled] = [await stack.loggedIn('ended'), await stack.loggedIn('disabled')];
    await stack.call('/api/token/blacklist', { json: { refresh: ended.refresh } });
    await stack.users.disable(disabled.user_id);
    const header = ended.access.split('.')[0] ?? '';
    const tokens = [
      undefined,
      'x',
      'a.b.c',
      `${header}.e30.AAAA`,
      ended.refresh,
      ended.access,
      disabled.access,
    ];
    await expect.poll(() => stack.knock(disabled.access)).toEqual([403, 'user_disabled']);
    for (const token of tokens) {
      const without = await stack.call(DATA, { token });
      const withBody = await stack.call(DATA, {
        token,
        body: NO_JSON,
        headers: { 'content-type': 'text/plain' },
      });
      expect(withBody.body['code'], token).toBe(without.body['code']);
      expect([withBody.status, withBody.headers.get('www-authenticate')]).toEqual([
        without.status,
        without.headers.get('www-authenticate'),
      ]);
    }
  });

  it.each([
    ['with a length', [lengthOf(COSTLY)], COSTLY],
    ['in chunks', ['Transfer-Encoding: chunked'], `${chunkOf(COSTLY)}0\r\n\r\n`],
  ])('has a body within the limit read, and the connection goes on: %s', async (_, headers, body) => {
    const { text } = await exchange(stack.url, headOf(headers) + body + NEXT);
    expect(statusesIn(text)).toEqual([401, 200]);
  });

  it.each([
    ['with a length', [`Content-Length: ${385 * KIB}`], 'x'.repeat(KIB)],
    ['in chunks', ['Transfer-Encoding: chunked'], chunkOf('x'.repeat(385 * KIB))],
  ])('has its connection closed after a larger body: %s', async (_, headers, body) => {
    const { text } = await exchange(stack.url, headOf(headers) + body);
    expect(statusesIn(text)).toEqual([401]);
    expect(text).toMatch(/^connection: close\r$/im);
  });

  it('is answered for a client that reads after its last byte, on a connection that goes on', async () => {
    const { hostname, port } = new URL(stack.url);
    const socket: Socket = connect(Number(port), hostname).pause();
    await once(socket, 'connect');
    socket.write(headOf([lengthOf(COSTLY)]));
    for (let sent = 0; sent < COSTLY.length; sent += 32 * KIB) {
      socket.write(COSTLY.slice(sent, sent + 32 * KIB));
      await sleep(20);
    }
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.resume().write(NEXT);
    await once(socket, 'close');
    expect(statusesIn(text)).toEqual([401, 200]);
  });

  it('costs the same whether its body is slow to parse or not', async () => {
    const costOf = async (body: string) => {
      const before = process.cpuUsage();
      const { status } = await stack.call(DATA, { body, headers: { 'content-type': 'application/json' } });
      expect(status).toBe(401);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const quick = JSON.stringify('x'.repeat(COSTLY.length - 2));
    const cost = { quick: 0, costly: 0 };
    for (let count = 0; count < 10; count += 1) {
      cost.quick += await costOf(quick);
      cost.costly += await costOf(COSTLY);
    }
    // Parsing alone takes several times as long as reading.
    expect(cost.costly).toBeLessThan(2 * cost.quick);
  });
});

describe('the body of a public route', () => {
  const stack = useStack();

  it.each([
    ['/api/weixin/login', 16 * KIB, 'code'],
    ['/api/token/refresh', 5 * KIB, 'refresh'],
    ['/api/token/verify', 5 * KIB, 'token'],
    ['/api/token/blacklist', 5 * KIB, 'refresh'],
  ])('of %s is at most %i bytes, enough for its longest members', async (path, limit, member) => {
    const post = async (size: number) => {
      const rest = `{"${member}":""}`.length;
      const body = `{"${member}":"${'x'.repeat(size - rest)}"}`;
      return (await stack.call(path, { body, headers: { 'content-type': 'application/json' } })).status;
    };
    expect(await post(limit + 1)).toBe(413);
    expect(await post(limit)).toBe(400);
  });

  it('holds the longest login, every character escaped', async () => {
    const escaped = (length: number) => '\\u4e00'.repeat(length);
    const device = `{"id":"${'\\u0041'.repeat(64)}","name":"${'\\ud83d\\ude00'.repeat(64)}"}`;
    const body = `{"code":"${escaped(512)}","phone_code":"${escaped(512)}","appid":"${escaped(64)}","device":${device}}`;
    const answer = await stack.call('/api/weixin/login', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'app_unknown']);
  });
});

import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const SPELLINGS = [
  '/api/weixin/data',
  '/api/weixin/data/',
  '/api/weixin/data//',
  '//api/weixin/data',
  '/api//weixin/data',
  '/api/weixin/./data',
  '/api/x/../weixin/data',
  '/api/weixin/data;x',
  '/api/weixin;x/data',
  '/api/weixin/data?x=1',
  '/api/weixin/data#x',
  '/api/weixin/data%2f',
  '/api%2fweixin%2fdata',
  '/api%252fweixin%252fdata',
  '/api/weixin/%64ata',
  '/api/weixin/%2564ata',
  '/api/weixin/data%00',
  '/api/weixin/data%',
  '/api/weixin/data\\',
  '/API/WEIXIN/DATA',
  '/api/weixin/login/../data',
  'http://127.0.0.1/api/weixin/data',
  'http://attacker.example/api/weixin/data',
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'];

describe('a guarded route without a token', () => {
  const stack = useStack();

  /** The status line of a request written by hand: fetch would tidy the path up. */
  const knock = (method: string, target: string) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(stack.url);
      let answer = '';
      const socket = connect(Number(port), hostname)
        .setEncoding('utf8')
        .on('data', (text: string) => (answer += text))
        .on('error', reject)
        .on('close', () => {
          resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]));
        });
      socket.write(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    });

  it.each(SPELLINGS)('stays shut however it is spelled: %s', async (target) => {
    for (const method of METHODS) {
      const status = await knock(method, target);
      expect([400, 401, 404, 405], `${method} ${target} answered ${status}`).toContain(status);
    }
  });

  it('is what every route is that does not say otherwise', async () => {
    const { body } = await stack.call<{ paths: Record<string, Record<string, { security?: unknown }>> }>(
      '/docs-json',
    );
    const open = [];
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const method of Object.keys(methods)) {
        const status = await knock(method.toUpperCase(), path);
        if (status !== 401) open.push(`${method} ${path}`);
        else expect(methods[method]?.security, `${method} ${path} is documented as guarded`).toBeDefined();
      }
    }
    expect(open.sort()).toEqual([
      'get /.well-known/jwks.json',
      'get /.well-known/oauth-authorization-server',
      'get /health/live',
      'get /health/ready',
      'post /api/token/blacklist',
      'post /api/token/refresh',
      'post /api/token/verify',
      'post /api/weixin/login',
    ]);
  });
});

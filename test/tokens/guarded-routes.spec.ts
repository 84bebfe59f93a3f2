import { describe, expect, it } from 'vitest';
import { rawRequest } from '../support/raw-http.js';
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

  const knock = async (method: string, target: string) =>
    (await rawRequest(stack.url, method, target)).status;

  it.each(SPELLINGS)('never answers data for the spelling %s', async (target) => {
    for (const method of METHODS) {
      const status = await knock(method, target);
      expect([401, 404, 405], `${method} ${target} answered ${status}`).toContain(status);
    }
  });

  it('answers 401 unless the route is in the list of public routes', async () => {
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
      'get /.well-known/openid-configuration',
      'get /health/live',
      'get /health/ready',
      'post /api/token/blacklist',
      'post /api/token/refresh',
      'post /api/token/verify',
      'post /api/weixin/login',
    ]);
  });
});

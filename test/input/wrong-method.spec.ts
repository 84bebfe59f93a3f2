import { METHODS } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../support/raw-http.js';
import { useStack } from '../support/stack.js';

const USUAL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
/** All that Node parses. CONNECT never becomes a request. */
const ALL_METHODS = METHODS.filter((method) => method !== 'CONNECT');

/** The paths that the OpenAPI document leaves out. */
const OTHER_PATHS: Readonly<Record<string, string[]>> = { '/docs': ['GET'], '/docs-json': ['GET'] };

describe('a wrong method', () => {
  const stack = useStack();
  const paths = new Map<string, string[]>();
  beforeAll(async () => {
    const { body } = await stack.call<{ paths: Record<string, object> }>('/docs-json');
    for (const [path, methods] of Object.entries({ ...body.paths, ...OTHER_PATHS })) {
      const names = Array.isArray(methods) ? (methods as string[]) : Object.keys(methods);
      const upper = names.map((name) => name.toUpperCase());
      paths.set(path.replace('{id}', 'any'), upper.includes('GET') ? [...upper, 'HEAD'] : upper);
    }
  });

  it('on the path of any route is 405 with the methods of that path in Allow', async () => {
    expect(paths.size).toBeGreaterThan(15);
    for (const [path, allowed] of paths) {
      const methods = path.startsWith('/api/weixin/') ? ALL_METHODS : USUAL_METHODS;
      for (const method of methods.filter((name) => !allowed.includes(name))) {
        const { status, text } = await rawRequest(stack.url, method, path);
        const allow = /^allow: (.*)$/im.exec(text)?.[1]?.split(', ').sort();
        expect([method, path, status, allow]).toEqual([method, path, 405, [...allowed].sort()]);
      }
    }
  });

  it('is a problem on the login of the tutorial', async () => {
    for (const path of ['/api/weixin/login/', '/api/weixin/login', '/api/weixin/%6cogin/?a=1']) {
      const { status, headers, body } = await stack.call(path);
      expect([status, body['code'], headers.get('allow')]).toEqual([405, 'method_not_allowed', 'POST']);
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toBeTruthy();
    }
  });

  it('is refused before the token and the body are checked', async () => {
    const { access: token } = await stack.loggedIn();
    for (const options of [{ token }, { token: 'bad' }, { headers: { 'content-type': 'text/plain' } }]) {
      const answer = await stack.call('/api/weixin/data/', { method: 'PUT', body: '{', ...options });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    }
  });

  it('on an unknown path is 404 with any body', async () => {
    for (const path of ['/api/weixin', '/api/weixin/login/x', '/API/weixin/login', '/api/sessions/a/b']) {
      const headers = { 'content-type': 'text/plain' };
      const answer = await stack.call(path, { method: 'POST', body: '{', headers });
      expect([answer.status, answer.body['code'], answer.headers.get('allow')]).toEqual([
        404,
        'not_found',
        null,
      ]);
    }
  });

  it('leaves the connection open', async () => {
    const { text } = await rawRequest(stack.url, 'GET', '/api/weixin/login', 2);
    expect(text.match(/HTTP\/1\.1 405/g)).toHaveLength(2);
  });

  it('HEAD is GET without a body, and guarded as it is', async () => {
    const { access: token } = await stack.loggedIn();
    const head = await stack.call('/api/weixin/data/', { method: 'HEAD', token });
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', '"0"']);
    expect((await stack.call('/api/weixin/data/', { method: 'HEAD' })).status).toBe(401);
    expect((await stack.call('/api/weixin/login/', { method: 'HEAD' })).status).toBe(405);
  });

  it('OPTIONS is 405 and allows no other origin', async () => {
    const headers = { origin: 'https://attacker.example', 'access-control-request-method': 'POST' };
    const answer = await stack.call('/api/weixin/login/', { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

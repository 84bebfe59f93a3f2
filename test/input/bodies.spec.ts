import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const json = { 'content-type': 'application/json' };

describe.each(['/api/weixin/login/', '/api/weixin/data/'])('a body for %s', (path) => {
  const stack = useStack();
  let token: string | undefined;
  beforeAll(async () => {
    if (path.includes('data')) token = (await stack.loggedIn()).access;
  });
  const post = async (body: string, headers: Record<string, string> = json) => {
    const answer = await stack.call(path, { method: 'POST', body, headers, token });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    return [answer.status, answer.body['code']];
  };

  it.each(['null', '[]', '[{}]', '"x"', '1', 'true', ''])(
    'is refused with 400 if it is no JSON object: %j',
    async (body) => {
      expect(await post(body)).toEqual([400, 'validation_failed']);
    },
  );

  it('is refused with 400 if it is missing', async () => {
    const answer = await stack.call(path, { method: 'POST', token });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });

  it.each(['{', '{"code":}', 'code=abc', '{"code":"a"}}', "{'code':'a'}", '\u0000'])(
    'is refused with 400 if it is invalid JSON: %j',
    async (body) => {
      expect(await post(body)).toEqual([400, 'validation_failed']);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ])('is refused with 415 if its content type is %s', async (type) => {
    expect(await post('{"code":"abc"}', { 'content-type': type })).toEqual([415, 'unsupported_media_type']);
  });

  it('is refused with 400 if it is thousands of levels deep', async () => {
    const deep = '{"a":'.repeat(1000) + '1' + '}'.repeat(1000);
    expect(await post(deep)).toEqual([400, 'validation_failed']);
    const arrays = `{"code":${'['.repeat(3000)}${']'.repeat(3000)}}`;
    expect(await post(arrays)).toEqual([400, 'validation_failed']);
  });

  it('is refused by its depth or its size if it is 100,000 levels deep', async () => {
    const [status] = await post(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(status).toBe(path.includes('login') ? 413 : 400);
  });

  it('is refused with 400 if it is not UTF-8, and with 415 if it has another charset or a compression', async () => {
    const raw = async (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const answer = await fetch(stack.url + path, {
        method: 'POST',
        body: bytes,
        headers: { ...headers, ...authorization },
      });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await raw(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json)).toEqual([
      400,
      'validation_failed',
    ]);
    const good = new TextEncoder().encode('{"code":"abc"}');
    for (const headers of [
      { 'content-type': 'application/json; charset=gbk' },
      { 'content-type': 'application/json;charset="utf-16"' },
      { ...json, 'content-encoding': 'gzip' },
    ]) {
      expect(await raw(good, headers)).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('is refused with 413 if it has 10 MB', async () => {
    expect(await post(`{"code":"${'x'.repeat(10_000_000)}"}`)).toEqual([413, 'payload_too_large']);
  });

  it.each([
    '{"code":"a","__proto__":{"isAdmin":true}}',
    '{"code":"a","constructor":{"prototype":{"isAdmin":true}}}',
    '{"items":[{"__proto__":{}}]}',
  ])('is refused if it has a member that changes prototypes: %s', async (body) => {
    expect(await post(body)).toEqual([400, 'validation_failed']);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('is refused with 400 next to a repeated query parameter', async () => {
    const answer = await stack.call(`${path}?a=1&a=2`, { json: { code: 'abc' }, token });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });

  it('is refused with 431 after headers over 16 KiB', async () => {
    const answer = await stack.call(path, { headers: { 'x-long': 'x'.repeat(20_000) } });
    expect([answer.status, answer.body['code']]).toEqual([431, 'headers_too_large']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('an unknown address', () => {
  const stack = useStack();

  it('is a 404 problem for every method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await stack.call('/api/nothing', { method });
      expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
    }
  });

  it('is answered without a stack trace, even if it is malformed', async () => {
    const answer = await stack.call('/api/%zz');
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
    expect(answer.text).not.toMatch(/at .*\.js/);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { exchange } from '../support/raw-http.js';
import { useStack } from '../support/stack.js';

const MAX_BYTES = 16 * 1024;

describe('the head of a request', () => {
  const stack = useStack();
  let authorization = '';
  beforeAll(async () => {
    authorization = `Authorization: Bearer ${(await stack.loggedIn()).access}`;
  });

  /** `Host`, `Connection`, and the given headers. */
  const ask = async (headers: readonly string[], path = '/api/weixin/data') => {
    const head = [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers];
    const answer = await exchange(stack.url, `${head.join('\r\n')}\r\n\r\n`);
    return [answer.status, answer.code];
  };
  const padding = (count: number, value = 'x') =>
    Array.from({ length: count }, (_, index) => `a${100 + index}: ${value}`);

  it('may have 199 headers', async () => {
    expect(await ask([...padding(196), authorization])).toEqual([200, 'Authenticated.']);
  });

  it.each([200, 201, 2100])('is refused with %i headers: 431', async (count) => {
    expect(await ask([...padding(count - 3), authorization])).toEqual([431, 'headers_too_large']);
  });

  it('cannot hide a second Authorization header behind 2,100 others', async () => {
    const headers = [authorization, ...padding(2100), 'Authorization: Bearer a.b.c'];
    expect(await ask(headers)).toEqual([431, 'headers_too_large']);
  });

  it('may have 16 KiB, separators, line ends and the request line included, and no byte more', async () => {
    // Names and values alone are far below the limit.
    const headers = [authorization, ...padding(190, 'x'.repeat(70))];
    const used = ['GET /api/weixin/data HTTP/1.1', 'Host: x', 'Connection: close', ...headers, 'last: ', '']
      .map((line) => line.length + 2)
      .reduce((sum, length) => sum + length);
    const last = (length: number) => `last: ${'x'.repeat(length)}`;
    expect(await ask([...headers, last(MAX_BYTES - used)])).toEqual([200, 'Authenticated.']);
    expect(await ask([...headers, last(MAX_BYTES - used + 1)])).toEqual([431, 'headers_too_large']);
  });

  it.each(['Host: x', 'host: y', 'HOST:'])(
    'is refused with a second Host header (%s): 400',
    async (second) => {
      for (const path of ['/api/weixin/data', '/health/live', '/api/nothing']) {
        expect(await ask([authorization, second], path)).toEqual([400, 'validation_failed']);
      }
    },
  );
});

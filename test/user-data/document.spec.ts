import { beforeEach, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

describe('the document of a user', () => {
  const stack = useStack();
  let token = '';
  let count = 0;
  beforeEach(async () => {
    token = (await stack.loggedIn(`writer-${(count += 1)}`)).access;
  });
  const read = (headers: Record<string, string> = {}) => stack.call('/api/weixin/data/', { token, headers });
  const write = (json: unknown, ifMatch?: string) =>
    stack.call('/api/weixin/data/', { token, json, ...(ifMatch && { headers: { 'if-match': ifMatch } }) });

  it('is an empty list with the ETag "0" for a new user', async () => {
    const { status, text, headers } = await read();
    expect([status, text, headers.get('etag')]).toEqual([200, '{"code":"Authenticated.","items":[]}', '"0"']);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is read back as it was written, members the service does not know included', async () => {
    const document = {
      items: [{ id: 1, content: '买牛奶 🥛', checked: false }],
      theme: { dark: true },
      empty: null,
    };
    const written = await write(document);
    expect([written.status, written.body, written.headers.get('etag')]).toEqual([
      200,
      { code: 'post ok' },
      '"1"',
    ]);
    const { body, headers } = await read();
    expect([body, headers.get('etag')]).toEqual([{ code: 'Authenticated.', ...document }, '"1"']);
  });

  it('asks proxies not to transform the answer to a write, whose ETag the next write needs', async () => {
    expect((await write({})).headers.get('cache-control')).toBe('no-store, no-transform');
  });

  it('may be the empty object', async () => {
    await write({});
    expect((await read()).text).toBe('{"code":"Authenticated."}');
  });

  it('belongs to one user', async () => {
    await write({ items: ['mine'] });
    token = (await stack.loggedIn('somebody-else')).access;
    expect((await read()).body).toEqual({ code: 'Authenticated.', items: [] });
  });

  it('is replaced without If-Match, as the tutorial’s page does', async () => {
    await write({ items: [1] });
    await write({ items: [2] });
    const { body, headers } = await read();
    expect([body['items'], headers.get('etag')]).toEqual([[2], '"2"']);
  });

  it('is not written over a version that the writer has not seen', async () => {
    expect((await write({ items: [1] }, '"0"')).status).toBe(200);
    const stale = await write({ items: [2] }, '"0"');
    expect([stale.status, stale.body['code']]).toEqual([412, 'precondition_failed']);
    expect((await read()).body['items']).toEqual([1]);
    expect((await write({ items: [2] }, '"1"')).headers.get('etag')).toBe('"2"');
  });

  it('accepts one of twenty writers with the same If-Match', async () => {
    await write({ items: [] });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => write({ items: [index] }, '"1"')),
    );
    const won = answers.findIndex(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
    expect((await read()).body['items']).toEqual([won]);
  });

  it('accepts one of twenty first writers with If-Match "0"', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => write({ items: [index] }, '"0"')),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each(['*', '"1"', '"7", "1"', ' "1" ', 'W/"1"', '"1-gzip"', '"7-br", W/"1;gzip"'])(
    'is written with If-Match %j at version 1',
    async (ifMatch) => {
      await write({ items: [] });
      expect((await write({ items: [1] }, ifMatch)).status).toBe(200);
    },
  );

  it.each(['"2"', '"2-gzip"', 'W/"0"', '1', '"1', '"1gzip"', '""', 'x'])(
    'is not written with If-Match %j at version 1',
    async (ifMatch) => {
      await write({ items: [] });
      expect((await write({ items: [1] }, ifMatch)).status).toBe(412);
    },
  );

  it.each(['*', '"1"', 'W/"1"', '"1-zstd"', '"0", "1"'])(
    'is 304 without a body for If-None-Match %j at version 1',
    async (ifNoneMatch) => {
      await write({ items: [] });
      const answer = await read({ 'if-none-match': ifNoneMatch });
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', '"1"']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each(['"0"', '"2-gzip"', '1', ''])('is sent for If-None-Match %j at version 1', async (ifNoneMatch) => {
    await write({ items: [] });
    const answer = await read({ 'if-none-match': ifNoneMatch });
    expect([answer.status, answer.body['items'], answer.headers.get('etag')]).toEqual([200, [], '"1"']);
  });

  it('is 304 for If-None-Match "0" before the first write, and never without a token', async () => {
    expect((await read({ 'if-none-match': '"0"' })).status).toBe(304);
    const stranger = await stack.call('/api/weixin/data/', { headers: { 'if-none-match': '*' } });
    expect([stranger.status, stranger.body['code']]).toEqual([401, 'token_missing']);
  });

  it('has U+2028 and U+2029 escaped, in names and in values, and is read back as it was written', async () => {
    const document = { items: ['a\u2028b\u2029', '\\u2028'], '\u2028': 1 };
    await write(document);
    const { text, body } = await read();
    expect(text).toBe('{"code":"Authenticated.","items":["a\\u2028b\\u2029","\\\\u2028"],"\\u2028":1}');
    expect(body).toEqual({ code: 'Authenticated.', ...document });
  });

  it('counts an escaped U+2028 as the six bytes it is stored with', async () => {
    const of = (count: number) => ({ text: '\u2028'.repeat(count) });
    const most = Math.floor((64 * 1024 - '{"text":""}'.length) / 6);
    expect((await write(of(most))).status).toBe(200);
    const answer = await write(of(most + 1));
    expect([answer.status, answer.body['code']]).toEqual([413, 'payload_too_large']);
  });

  it('is refused with a member `code`, which would hide that of the answer', async () => {
    const answer = await write({ code: 'success', items: [] });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
    expect((await write({ items: [{ code: 'inside is fine' }] })).status).toBe(200);
  });

  it('is accepted up to 64 KiB as stored', async () => {
    const ofBytes = (bytes: number) => ({
      text: '文'.repeat(100) + 'x'.repeat(bytes - 300 - '{"text":""}'.length),
    });
    expect((await write(ofBytes(64 * 1024))).status).toBe(200);
    const answer = await write(ofBytes(64 * 1024 + 1));
    expect([answer.status, answer.body['code']]).toEqual([413, 'payload_too_large']);
    expect((await read()).headers.get('etag')).toBe('"1"');
  });

  it('is measured as stored, not as sent: escapes and white space do not count', async () => {
    const escaped = `{ "text": "${'\\u6587'.repeat(20_000)}" }`;
    const headers = { 'content-type': 'application/json' };
    expect((await stack.call('/api/weixin/data/', { token, body: escaped, headers })).status).toBe(200);
  });

  it('is refused with a number that JSON cannot return', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await stack.call('/api/weixin/data/', { token, body: '{"items":[1e999]}', headers });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });

  it('is at most 32 levels deep', async () => {
    const deep = (levels: number): unknown => (levels === 1 ? {} : { a: deep(levels - 1) });
    expect((await write(deep(32))).status).toBe(200);
    const answer = await write(deep(33));
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });
});

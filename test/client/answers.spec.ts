import { describe, expect, it } from 'vitest';
import { launch } from '../miniprogram/twin/mini-program.js';
import { useStack } from '../support/stack.js';
import { DATA, usedPhone } from './people.js';

const stack = useStack();

describe('the body of an answer', () => {
  it.each<[string, string, unknown]>([
    ['true', 'true', true],
    ['a number', '5', 5],
    ['null', 'null', null],
    ['a text', '"a"', 'a'],
    ['a list', '[]', []],
    ['nothing', '', {}],
    ['a text with a line separator', '"\u2028"', '\u2028'],
  ])('may be %s', async (_name, body, expected) => {
    const phone = await usedPhone(stack);
    phone.network.weather = { status: 200, body };
    expect((await launch(phone).request(DATA)).body).toEqual(expected);
  });

  it.each([204, 304])('may be missing, with status %d', async (status) => {
    const phone = await usedPhone(stack);
    phone.network.weather = { status, body: '' };
    await expect(launch(phone).request(DATA)).resolves.toMatchObject({ status, body: {} });
  });

  it('of a refusal is at the problem', async () => {
    const phone = await usedPhone(stack);
    const call = launch(phone).request({ method: 'PUT', path: '/api/me', body: { nickname: '\u202e' } });
    const body = { code: 'validation_failed', errors: expect.any(Array) as string[] };
    await expect(call).rejects.toMatchObject({ status: 400, body });
  });
});

describe('a request', () => {
  it('has every header once, in any case of its name', async () => {
    const phone = await usedPhone(stack);
    const header = { 'Content-Type': 'application/json', AUTHORIZATION: 'Bearer x', 'If-Match': '"0"' };
    await launch(phone).request<object>({ ...DATA, method: 'POST', header, body: { items: [] } });
    const [sent] = phone.network.to(DATA.path);
    expect(Object.keys(sent?.header ?? {}).sort()).toEqual(['authorization', 'content-type', 'if-match']);
    expect(sent).toMatchObject({ status: 200 });
  });

  it('carries a query, without what is undefined', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    await app.request({ path: '/api/me', query: { q: 'a&b=ü', n: 1, no: undefined } });
    await app.request({ path: '/api/me?a=1', query: { b: true } });
    expect(phone.network.sent.map(({ query }) => query)).toEqual(['?q=a%26b%3D%C3%BC&n=1', '?a=1&b=true']);
  });

  it.each(['http://127.0.0.1:8000/', 'http://127.0.0.1:8000//'])(
    'finds its path below a base URL that ends with a slash: %s',
    async (baseUrl) => {
      const phone = await usedPhone(stack);
      const passport = launch(phone).createPassport({ baseUrl, port: phone.wx() });
      await passport.request({ path: '/api/me' });
      await passport.request({ path: 'api/me' });
      expect(phone.network.to('/api/me').map(({ status }) => status)).toEqual([200, 200]);
    },
  );

  it('leaves within 5 ms of the call on a cold open with a good token', async () => {
    const phone = await usedPhone(stack);
    const times: number[] = [];
    // The best of several: other processes may have the processor at any one of them.
    for (let n = 0; n < 5; n++) {
      const app = launch(phone);
      const startedAt = performance.now();
      phone.network.beforeSending = () => {
        times.push(performance.now() - startedAt);
        return undefined;
      };
      await app.request(DATA);
    }
    expect(Math.min(...times)).toBeLessThan(5);
  });
});

describe('a file', () => {
  it('is downloaded in the user’s name', async () => {
    const phone = await usedPhone(stack);
    const { body, status } = await launch(phone).download({ path: '/api/me' });
    expect([status, body]).toEqual([200, { tempFilePath: 'wxfile://tmp_1', filePath: undefined }]);
    expect(phone.network.sent[0]?.header['authorization']).toMatch(/^Bearer /);
  });

  it('that is refused for its token is asked for again with a new one', async () => {
    const phone = await usedPhone(stack);
    phone.storage.set('passport.tokens', {
      ...(phone.storage.peek('passport.tokens') as object),
      access: 'x',
    });
    await expect(launch(phone).download({ path: '/api/me' })).resolves.toMatchObject({ status: 200 });
  });

  it('reports its progress', async () => {
    const phone = await usedPhone(stack);
    const seen: unknown[] = [];
    await launch(phone)
      .upload({
        path: '/api/me/x',
        filePath: 'wxfile://1',
        name: 'file',
        onProgress: (progress) => seen.push(progress),
      })
      .catch(() => undefined);
    expect(seen).toEqual([{ progress: 100 }]);
  });
});

describe('Taro, which rejects its promise and calls fail,', () => {
  it('fails a call once, and no rejection stays unhandled', async () => {
    const phone = await usedPhone(stack);
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listener);
    const request = (options: { fail: (failure: object) => void }) => {
      const failure = { errMsg: 'request:fail' };
      options.fail(failure);

      return Promise.reject(Object.assign(new Error(), failure));
    };
    const { createPassport } = launch(phone);
    const port = { ...phone.wx(), request };
    const passport = createPassport({ baseUrl: 'http://127.0.0.1:8000', port });
    const call = passport.request({ ...DATA, method: 'PUT' });
    await expect(call).rejects.toMatchObject({ code: 'network_failed' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});

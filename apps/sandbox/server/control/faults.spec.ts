import { describe, expect, it } from 'vitest';
import { useSandbox } from '../../test/use-sandbox.js';
import { createSandbox } from '../sandbox.js';

const sandbox = useSandbox();
const PATH = '/sns/jscode2session';
const FAULTS = '/sandbox/faults';

/** What is left of a code once the faults are gone. */
async function fateOf(code: string): Promise<'fresh' | 'used'> {
  await sandbox.send('DELETE', FAULTS);
  const { json } = await sandbox.code2Session(code);
  if (json['errcode'] === 40163) return 'used';
  expect(json).toHaveProperty('openid');
  return 'fresh';
}

const causeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (error as { cause?: { code?: string } }).cause?.code,
  );

describe('errcode', () => {
  it.each([
    [-1, /^system error, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/],
    [40226, /^code blocked, rid: [0-9a-f]{8}-/],
    [45009, /^reach max api daily quota limit, rid: /],
    [99999, /^unknown error, rid: /],
    ['40029', /^invalid code, rid: /],
  ])('refuses with %j under status 200, worded as WeChat words it', async (errcode, errmsg) => {
    await sandbox.breakWith('errcode', { errcode });
    const code = await sandbox.login();
    const { status, contentType, json } = await sandbox.code2Session(code);
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/plain' });
    expect(json).toEqual({ errcode, errmsg: expect.stringMatching(errmsg) as string });
    expect(await fateOf(code)).toBe('fresh');
  });

  it('sends an errmsg of the developer as it is', async () => {
    const errmsg = 'invalid code, hints: [ req_id: N37KMa0605th21 ]';
    await sandbox.breakWith('errcode', { errcode: 40029, errmsg });
    expect((await sandbox.code2Session('any')).json).toEqual({ errcode: 40029, errmsg });
  });
});

describe('delay', () => {
  it('gives the real answer, ms late', async () => {
    await sandbox.breakWith('delay', { ms: 150 });
    const code = await sandbox.login();
    const startedAt = performance.now();
    expect((await sandbox.code2Session(code)).json).toHaveProperty('openid');
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  it('uses the code up although the client gives up', async () => {
    await sandbox.breakWith('delay', { ms: 60_000 });
    const code = await sandbox.login();
    const path = `${PATH}?appid=wxsandbox000000001&secret=sandbox-secret&js_code=${code}&grant_type=authorization_code`;
    await expect(fetch(sandbox.url(path), { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(await fateOf(code)).toBe('used');
  });
});

describe('what is not an answer of WeChat', () => {
  it.each([
    ['status', { status: 502 }, 502, 'text/plain', /^Bad Gateway$/, 'fresh'],
    ['status', { status: 412 }, 412, 'text/plain', /^Precondition Failed$/, 'fresh'],
    ['html', {}, 200, 'text/html; charset=utf-8', /^<!doctype html>/, 'fresh'],
    ['redirect', { location: 'http://127.0.0.1:1/a?b=c' }, 302, 'text/plain', /^$/, 'fresh'],
    ['empty', {}, 200, 'text/plain', /^$/, 'fresh'],
    ['truncate', {}, 200, 'text/plain', /^\{"session_key":"[^}]*$/, 'used'],
    [
      'body',
      { body: { openid: 7, session_key: 'x' } },
      200,
      'text/plain',
      /^\{"openid":7,"session_key":"x"\}$/,
      'fresh',
    ],
    ['body', { body: 'not JSON' }, 200, 'text/plain', /^not JSON$/, 'fresh'],
    ['body', { body: null }, 200, 'text/plain', /^null$/, 'fresh'],
  ])('%s %j', async (kind, members, status, contentType, text, fate) => {
    expect((await sandbox.breakWith(kind, members)).json).toEqual({ faults: 1 });
    const code = await sandbox.login();
    const answer = await sandbox.code2Session(code);
    expect(answer).toMatchObject({ status, contentType });
    expect(answer.text).toMatch(text);
    expect(await fateOf(code)).toBe(fate);
  });

  it('redirects to the location', async () => {
    await sandbox.breakWith('redirect', { location: 'http://127.0.0.1:1/a?b=c' });
    const { headers } = await fetch(sandbox.url(PATH), { redirect: 'manual' });
    expect(headers.get('location')).toBe('http://127.0.0.1:1/a?b=c');
  });

  it('ends a truncated answer properly, with its own content-length', async () => {
    await sandbox.breakWith('truncate');
    const response = await fetch(sandbox.url(PATH));
    const text = await response.text();
    expect(Number(response.headers.get('content-length'))).toBe(text.length);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('hides the real answer behind 10 MB without a content-length', async () => {
    await sandbox.breakWith('huge');
    const code = await sandbox.login();
    const { text, json } = await sandbox.code2Session(code);
    expect(text.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(json).toHaveProperty('openid');
    expect(await fateOf(code)).toBe('used');
    await sandbox.breakWith('huge');
    const response = await fetch(sandbox.url(PATH));
    expect(response.headers.get('content-length')).toBeNull();
    await response.body?.cancel();
  });
});

describe('drip', () => {
  it('sends the real answer byte by byte', async () => {
    await sandbox.breakWith('drip', { ms: 1 });
    const { contentType, json } = await sandbox.code2Session(await sandbox.login());
    expect(contentType).toBe('text/plain');
    expect(json).toHaveProperty('openid');
  });

  it('sends one byte a second where no ms is given', async () => {
    await sandbox.breakWith('drip');
    const controller = new AbortController();
    const response = await fetch(sandbox.url(PATH), { signal: controller.signal });
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
    })().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(bytes).toBeGreaterThanOrEqual(1);
    expect(bytes).toBeLessThanOrEqual(3);
    controller.abort();
    await reading;
  });
});

describe('reset', () => {
  it('resets the connection before the code is consumed', async () => {
    await sandbox.breakWith('reset');
    const code = await sandbox.login();
    expect(await causeOf(sandbox.code2Session(code))).toBe('ECONNRESET');
    expect(await fateOf(code)).toBe('fresh');
  });

  it('resets the connection after the code is consumed', async () => {
    await sandbox.breakWith('reset', { when: 'after' });
    const code = await sandbox.login();
    expect(await causeOf(sandbox.code2Session(code))).toBe('ECONNRESET');
    expect(await fateOf(code)).toBe('used');
  });
});

describe('hang', () => {
  it('never answers, and the code stays fresh', async () => {
    await sandbox.breakWith('hang');
    const code = await sandbox.login();
    const signal = AbortSignal.timeout(300);
    await expect(fetch(sandbox.url(`${PATH}?js_code=${code}`), { signal })).rejects.toThrow(/timeout/);
    expect(await fateOf(code)).toBe('fresh');
  });

  it.each(['hang', 'drip', 'delay'])('%s does not keep a sandbox from closing', async (kind) => {
    const other = createSandbox();
    const url = await other.listen({ host: '127.0.0.1', port: 0 });
    const fault = { path: PATH, kind, ...(kind === 'delay' && { ms: 600_000 }) };
    await fetch(url + FAULTS, { method: 'PUT', body: JSON.stringify([fault]) });
    const pending = fetch(url + PATH).then((response) => response.text());
    const outcome = pending.then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(await outcome).toBe('cut');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { launch } from '../miniprogram/twin/mini-program.js';
import type { Oddity } from '../miniprogram/twin/network.js';
import { useStack } from '../support/stack.js';
import { DATA, expire, REFRESH, renewals, SHORT_MS, storedTokens, usedPhone } from './people.js';

const stack = useStack();

afterEach(() => {
  vi.useRealTimers();
});

describe('a platform that never calls back', () => {
  it('fails a call at its own deadline', async () => {
    const phone = await usedPhone(stack);
    phone.network.oddity = 'silent';
    const call = launch(phone, 100).request(DATA);
    await expect(call).rejects.toMatchObject({ code: 'network_timeout', status: 0 });
    expect(phone.network.sent).toMatchObject([{ isAborted: true }]);
  });

  it('fails a refresh, and the next call refreshes', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    const app = launch(phone, SHORT_MS);
    phone.network.oddity = 'silent';
    const calls = Array.from({ length: 3 }, () => app.request(DATA));
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'network_timeout' });
    phone.network.oddity = undefined;
    await app.request(DATA);
    expect(renewals(phone)).toEqual([0, 2]);
  });

  it('gets the room of ten such calls back', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone, SHORT_MS);
    phone.network.oddity = 'silent';
    const calls = Array.from({ length: 10 }, () => app.request(DATA));
    await vi.waitFor(() => {
      expect(phone.network.sent).toHaveLength(10);
    });
    phone.network.oddity = undefined;
    const next = app.request(DATA);
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'network_timeout' });
    await expect(next).resolves.toMatchObject({ status: 200 });
  });

  it('fails an upload and a download at the deadline of the call', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone);
    phone.network.oddity = 'silent';
    const upload = app.upload({ path: '/files', filePath: 'wxfile://1', name: 'file', timeoutMs: 50 });
    await expect(upload).rejects.toMatchObject({ code: 'network_timeout' });
    const download = app.download({ path: '/files/1', timeoutMs: 50 });
    await expect(download).rejects.toMatchObject({ code: 'network_timeout' });
  });
});

describe('an answer after the deadline', () => {
  it('of a refresh is discarded: its tokens are void if another refresh went out', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    const before = storedTokens(phone);
    const app = launch(phone, SHORT_MS);
    phone.network.oddity = { lateMs: SHORT_MS + 300 };
    await expect(app.ready()).rejects.toMatchObject({ code: 'network_timeout' });
    await vi.waitFor(() => {
      expect(phone.network.to(REFRESH)).toMatchObject([{ status: 200 }]);
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(storedTokens(phone)).toEqual(before);
    phone.network.oddity = undefined;
    await app.request(DATA);
    expect(phone.logins).toBe(0);
  });

  it('is late although the timers of a sleeping phone slept too', async () => {
    const phone = await usedPhone(stack);
    phone.network.beforeSending = () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
      return undefined;
    };
    await expect(launch(phone).request(DATA)).rejects.toMatchObject({ code: 'network_timeout' });
  });
});

describe('a platform that calls back with', () => {
  it.each<[string, Oddity, string]>([
    ['nothing, as a failure', 'bare', 'network_failed'],
    ['an exception', 'throws', 'network_failed'],
    ['a text in place of a failure', { fail: 'interrupted' as unknown as object }, 'network_failed'],
    ['undefined, as a success', { success: undefined }, 'answer_unreadable'],
    ['null, as a success', { success: null }, 'answer_unreadable'],
    ['a text, as a success', { success: 'ok' }, 'answer_unreadable'],
    ['no status', { success: { data: '{}' } }, 'answer_unreadable'],
    ['a status that is no number', { success: { statusCode: 'ok', data: '{}' } }, 'answer_unreadable'],
  ])('%s is a failure', async (_name, oddity, code) => {
    const phone = await usedPhone(stack);
    phone.network.oddity = oddity;
    const call = launch(phone).request({ ...DATA, method: 'POST', body: {} });
    await expect(call).rejects.toMatchObject({ name: 'Problem', code, status: 0 });
  });

  it('a status as text is understood', async () => {
    const phone = await usedPhone(stack);
    phone.network.oddity = { success: { statusCode: '200', data: '{"a":1}', header: null } };
    await expect(launch(phone).request(DATA)).resolves.toEqual({ status: 200, headers: {}, body: { a: 1 } });
  });

  it('JSON that it has parsed itself is understood', async () => {
    const phone = await usedPhone(stack);
    phone.network.oddity = { success: { statusCode: 200, data: [1], header: { ETag: 1 } } };
    await expect(launch(phone).request(DATA)).resolves.toEqual({
      status: 200,
      headers: { etag: '1' },
      body: [1],
    });
  });
});

describe('a timeout of the platform', () => {
  const TIMEOUT_MS = 200;

  it.each([
    ['Chinese', { errMsg: 'request:fail 请求超时。' }],
    ['iOS', { errMsg: 'request:fail The request timed out.' }],
    ['Android', { errMsg: 'request:fail net::ERR_TIMED_OUT' }],
    ['no word at all', {}],
  ])('is recognized by the clock, in %s, and not tried again', async (_name, failure) => {
    const phone = await usedPhone(stack);
    phone.network.oddity = { fail: failure, afterMs: TIMEOUT_MS - 10 };
    await expect(launch(phone, TIMEOUT_MS).request(DATA)).rejects.toMatchObject({ code: 'network_timeout' });
    expect(phone.network.sent).toHaveLength(1);
  });

  it('is recognized by its number', async () => {
    const phone = await usedPhone(stack);
    phone.network.oddity = { fail: { errMsg: 'request:fail', errno: 5 } };
    await expect(launch(phone).request(DATA)).rejects.toMatchObject({ code: 'network_timeout' });
  });

  it.each(['net::ERR_TIMED_OUT', 'timeout', 'interrupted', 'net::ERR_INTERNET_DISCONNECTED'])(
    'is not what comes long before the deadline: «%s» is tried again',
    async (reason) => {
      const phone = await usedPhone(stack);
      phone.network.oddity = { fail: { errMsg: `request:fail ${reason}` } };
      await expect(launch(phone).request(DATA)).rejects.toMatchObject({ code: 'network_failed' });
      expect(phone.network.sent).toHaveLength(3);
    },
  );

  it('counts as a failure of the service, so that a login rests', async () => {
    const phone = await usedPhone(stack);
    expire(phone);
    const app = launch(phone);
    phone.network.oddity = { fail: { errno: 5 } };
    for (let n = 0; n < 8; n++) await expect(app.ready()).rejects.toMatchObject({ code: 'network_timeout' });
    expect(phone.network.to(REFRESH)).toHaveLength(5);
  });
});

describe('a call that is aborted', () => {
  it('fails, and its request is aborted', async () => {
    const phone = await usedPhone(stack);
    phone.network.oddity = 'silent';
    const call = launch(phone).request(DATA);
    await vi.waitFor(() => {
      expect(phone.network.sent).toHaveLength(1);
    });
    call.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(phone.network.sent).toMatchObject([{ isAborted: true }]);
  });

  it('while it waits for room is never sent, and gives its place back', async () => {
    const phone = await usedPhone(stack);
    const app = launch(phone, SHORT_MS);
    phone.network.oddity = 'silent';
    const calls = Array.from({ length: 10 }, () => app.request(DATA).catch(() => undefined));
    const waiting = app.request({ path: '/api/me' });
    await vi.waitFor(() => {
      expect(phone.network.sent).toHaveLength(10);
    });
    waiting.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    phone.network.oddity = undefined;
    await Promise.all(calls);
    await app.request(DATA);
    expect(phone.network.to('/api/me')).toEqual([]);
  });

  it('after its answer is nothing', async () => {
    const call = launch(await usedPhone(stack)).request(DATA);
    const { status } = await call;
    call.abort();
    expect(status).toBe(200);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';
import { authorizedCalls, REACHED } from './authorized-calls.js';

const FAILURES_TO_OPEN = 10;
const OPEN_MS = 5000;
const TIMEOUT_MS = 2000;
const HOUR_MS = 3600_000;

interface ProblemBody {
  code: string;
}

describe('the circuit of logins', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS), RATE_LIMIT_LOGIN_PER_MINUTE: '0' });
  const { knock } = authorizedCalls(stack);

  const login = async (appid?: string) => {
    const code = await stack.code('alice', appid);
    return stack.login<ProblemBody & { refresh: string }>({ code, ...(appid && { appid }) });
  };
  const tryLogin = async (): Promise<[number, string]> => {
    const { status, body } = await login();
    return [status, body.code];
  };
  const fail = async (times: number) => {
    for (let i = 0; i < times; i += 1) await stack.login({ code: 'any' });
  };
  const open = async (kind = 'status', members: object = { status: 503 }) => {
    await stack.breakWeixin(kind, members);
    await fail(FAILURES_TO_OPEN);
  };
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  beforeEach(async () => {
    // An hour later the circuit of the previous test lets a call through, and its answer closes the circuit.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
    await stack.weixinAnswers();
    later(-HOUR_MS);
  });
  afterEach(() => vi.useRealTimers());

  it.each<[string, object]>([
    ['status', { status: 503 }],
    ['html', {}],
    ['empty', {}],
    ['reset', {}],
  ])(
    'opens after %s ten times in a row: logins fail immediately, and WeChat is not called',
    async (kind, members) => {
      await stack.breakWeixin(kind, members);
      await fail(FAILURES_TO_OPEN - 1);
      expect(await tryLogin()).toEqual([502, 'weixin_unavailable']);
      const before = await stack.exchanges();
      const refused = await login();
      expect([refused.status, refused.body.code]).toEqual([503, 'weixin_unavailable']);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(await stack.exchanges()).toBe(before);
    },
  );

  it('opens when WeChat hangs, and then no login waits for the deadline', async () => {
    await stack.breakWeixin('hang');
    await Promise.all(Array.from({ length: FAILURES_TO_OPEN }, () => stack.login({ code: 'any' })));
    vi.useRealTimers();
    const stopwatch = startStopwatch();
    const { status } = await stack.login({ code: 'any' });
    expect(status).toBe(503);
    expect(stopwatch()).toBeLessThan(TIMEOUT_MS / 2);
  });

  it.each([-1, 40029, 40163, 40226, 45011, 40013, 40125, 40164, 99999])(
    'does not open for errcode %i, which is an answer',
    async (errcode) => {
      await stack.breakWeixin('errcode', { errcode, times: FAILURES_TO_OPEN + 2 });
      await fail(FAILURES_TO_OPEN + 2);
      expect(await tryLogin()).toEqual([200, 'success']);
    },
  );

  it.each([400, 403, 412, 414])('does not open for status %i, which refuses one request', async (status) => {
    await stack.breakWeixin('status', { status, times: FAILURES_TO_OPEN + 1 });
    await fail(FAILURES_TO_OPEN);
    expect(await tryLogin()).toEqual([502, 'weixin_unavailable']);
    expect(await tryLogin()).toEqual([200, 'success']);
  });

  it('does not open for failures with one answer among them', async () => {
    await stack.breakWeixin('status', { status: 500 });
    await fail(FAILURES_TO_OPEN - 1);
    await stack.fixWeixin();
    expect(await tryLogin()).toEqual([200, 'success']);
    await stack.breakWeixin('status', { status: 500 });
    await fail(FAILURES_TO_OPEN - 1);
    await stack.fixWeixin();
    expect(await tryLogin()).toEqual([200, 'success']);
  });

  it('does not affect sessions and refreshes', async () => {
    const { access, refresh } = await stack.loggedIn();
    await open();
    expect((await login()).status).toBe(503);
    expect(await stack.knock(access)).toEqual([200, 'Authenticated.']);
    expect((await stack.refresh(refresh)).status).toBe(200);
  });

  it('is separate for each app and each endpoint', async () => {
    await open();
    await stack.fixWeixin();
    expect((await login('wxsandbox000000002')).status).toBe(200);
    expect(await knock()).toEqual(REACHED);
    expect((await login()).status).toBe(503);
  });

  it('lets one call through after five seconds, and no other until it has ended', async () => {
    await open();
    later(OPEN_MS);
    await stack.breakWeixin('delay', { ms: TIMEOUT_MS / 2 });
    const before = await stack.exchanges();
    const trial = login();
    await expect.poll(() => stack.exchanges()).toBe(before + 1);
    const other = await login();
    expect([other.status, other.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await trial).status).toBe(200);
    expect(await stack.exchanges()).toBe(before + 1);
    await stack.fixWeixin();
    expect(await tryLogin()).toEqual([200, 'success']);
  });

  it('opens again when that call fails', async () => {
    await open();
    later(OPEN_MS);
    expect(await tryLogin()).toEqual([502, 'weixin_unavailable']);
    expect(await tryLogin()).toEqual([503, 'weixin_unavailable']);
    await stack.fixWeixin();
    later(OPEN_MS - 1);
    expect(await tryLogin()).toEqual([503, 'weixin_unavailable']);
    later(1);
    expect(await tryLogin()).toEqual([200, 'success']);
  });

  it('does not stay open for as long as the clock was set back', async () => {
    await open();
    later(-3600_000);
    await stack.fixWeixin();
    await login();
    expect(await tryLogin()).toEqual([200, 'success']);
  });

  it('logs once that it opens and once that it closes', async () => {
    stack.logs.length = 0;
    await open();
    for (let trial = 0; trial < 3; trial += 1) {
      later(OPEN_MS);
      await login();
      await login();
    }
    await stack.fixWeixin();
    later(OPEN_MS);
    expect(await tryLogin()).toEqual([200, 'success']);
    const said = (text: string) => stack.logs.filter((line) => line.includes(text)).length;
    expect([said('WeChat does not answer'), said('WeChat answers again')]).toEqual([1, 1]);
    expect(said('"path":"/sns/jscode2session"')).toBe(FAILURES_TO_OPEN + 3 + 2);
  });
});

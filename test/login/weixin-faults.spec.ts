import { beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

interface ProblemBody {
  code: string;
  weixin_errcode?: number;
  weixin_rid?: string;
}

const TIMEOUT_MS = 400;

describe('when WeChat fails', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS) });
  let code = '';
  beforeEach(async () => {
    await stack.weixinAnswers();
    code = await stack.code();
  });
  const failedLogin = () => stack.login<ProblemBody>({ code });

  it.each([
    [-1, 503, 'weixin_busy', '1'],
    [40002, 500, 'weixin_misconfigured', null],
    [40013, 500, 'weixin_misconfigured', null],
    [40029, 401, 'login_code_invalid', null],
    ['40029', 401, 'login_code_invalid', null],
    [40125, 500, 'weixin_misconfigured', null],
    [40163, 401, 'login_code_used', null],
    [40164, 500, 'weixin_misconfigured', null],
    [40226, 403, 'login_blocked', null],
    [40243, 500, 'weixin_misconfigured', null],
    [41002, 500, 'weixin_misconfigured', null],
    [41008, 500, 'weixin_misconfigured', null],
    [45009, 503, 'weixin_busy', '3600'],
    [45011, 429, 'login_rate_limited', '60'],
    [50002, 403, 'login_blocked', null],
    [99999, 502, 'weixin_unavailable', null],
  ])(
    'refuses the login at errcode %j under HTTP 200: %i %s',
    async (errcode, status, problem, retryAfter) => {
      await stack.breakWeixin('errcode', { errcode });
      const answer = await failedLogin();
      expect([answer.status, answer.body]).toMatchObject([
        status,
        { code: problem, weixin_errcode: Number(errcode) },
      ]);
      expect(answer.headers.get('retry-after')).toBe(retryAfter);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  it('answers with the rid, which WeChat’s support asks for, and without the errmsg', async () => {
    const errmsg = 'invalid ip 203.0.113.9, not in whitelist rid: 611740a4-27f9a8ba-065da01b';
    await stack.breakWeixin('errcode', { errcode: 40164, errmsg });
    const { body, text } = await failedLogin();
    expect(body.weixin_rid).toBe('611740a4-27f9a8ba-065da01b');
    expect(text).not.toContain('203.0.113.9');
    expect(stack.logs.join('')).toContain('203.0.113.9');
  });

  it.each([
    ['answers HTTP 500', 'status', { status: 500 }],
    ['answers HTTP 404', 'status', { status: 404 }],
    ['answers an HTML page', 'html', {}],
    ['answers an empty body', 'empty', {}],
    ['is cut off in the middle', 'truncate', {}],
    ['resets the connection', 'reset', {}],
    ['resets the connection after the code is used', 'reset', { when: 'after' }],
    ['answers 10 MB', 'huge', {}],
    ['answers an array', 'body', { body: [] }],
    ['answers null', 'body', { body: null }],
    ['answers no openid', 'body', { body: { session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } }],
    ['answers an empty openid', 'body', { body: { openid: '', session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } }],
    ['answers a number as openid', 'body', { body: { openid: 1, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } }],
    [
      'answers an object as openid',
      'body',
      { body: { openid: {}, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' } },
    ],
    ['answers no session_key', 'body', { body: { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE' } }],
    [
      'answers null as session_key',
      'body',
      { body: { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: null } },
    ],
    [
      'answers a number as unionid',
      'body',
      {
        body: { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: 'HyVFkGl5F5OQWJZZaNzBBg==', unionid: 7 },
      },
    ],
  ])('answers weixin_unavailable if WeChat %s', async (_, kind, members) => {
    await stack.breakWeixin(kind, members);
    const answer = await failedLogin();
    expect([answer.status, answer.body.code]).toEqual([502, 'weixin_unavailable']);
    expect(await stack.exchanges()).toBe(1);
  });

  it('does not follow a redirect, which would get the AppSecret', async () => {
    await stack.breakWeixin('redirect', { location: '/sns/jscode2session?elsewhere' });
    const answer = await failedLogin();
    expect([answer.status, answer.body.code]).toEqual([502, 'weixin_unavailable']);
    expect(await stack.exchanges()).toBe(1);
  });

  it.each(['hang', 'drip'])('answers weixin_timeout within the deadline if WeChat %ss', async (kind) => {
    await stack.breakWeixin(kind);
    const startedAt = performance.now();
    const answer = await failedLogin();
    const duration = performance.now() - startedAt;
    expect([answer.status, answer.body.code]).toEqual([504, 'weixin_timeout']);
    expect(duration).toBeGreaterThan(TIMEOUT_MS - 50);
    expect(duration).toBeLessThan(TIMEOUT_MS + 2000);
  });

  it('never sends a code twice, after any failure of the first call', async () => {
    for (const [kind, members] of [
      ['reset', {}],
      ['status', { status: 500 }],
      ['hang', {}],
      ['errcode', { errcode: -1 }],
    ] as const) {
      const before = await stack.exchanges();
      await stack.breakWeixin(kind, members);
      await failedLogin();
      expect(await stack.exchanges(), kind).toBe(before + 1);
    }
  });

  it('logs in again as soon as WeChat answers', async () => {
    await stack.breakWeixin('status', { status: 503, times: 1 });
    expect((await failedLogin()).status).toBe(502);
    expect((await failedLogin()).status).toBe(200);
  });

  it('creates no user after a failed exchange', async () => {
    const before = await rows(stack.databaseUrl, 'SELECT id FROM users');
    for (const kind of ['html', 'empty', 'reset', 'truncate']) {
      await stack.breakWeixin(kind);
      await stack.login({ code: await stack.code('failed') });
    }
    expect(await rows(stack.databaseUrl, 'SELECT id FROM users')).toEqual(before);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';
import { startStopwatch } from '../support/stopwatch.js';
import { AUTHORIZED_PATH, authorizedCalls, REACHED, TOKEN_PATH } from './authorized-calls.js';

const TIMEOUT_MS = 400;

describe('when WeChat fails', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: String(TIMEOUT_MS) });
  const { knock, calls } = authorizedCalls(stack);

  const forgetToken = async () => {
    await execute(stack.databaseUrl, 'DELETE FROM weixin_access_tokens');
    await stack.restart();
  };

  describe.each([TOKEN_PATH, AUTHORIZED_PATH])('at %s', (path) => {
    // The last call of each test leaves a token and resets the circuits.
    beforeEach(() => (path === TOKEN_PATH ? forgetToken() : undefined));

    it.each<[string, object, number, string]>([
      ['hang', {}, 504, 'weixin_timeout'],
      ['drip', {}, 504, 'weixin_timeout'],
      ['reset', {}, 502, 'weixin_unavailable'],
      ['reset', { when: 'after' }, 502, 'weixin_unavailable'],
      ['status', { status: 500 }, 502, 'weixin_unavailable'],
      ['status', { status: 404 }, 502, 'weixin_unavailable'],
      ['redirect', { location: path }, 502, 'weixin_unavailable'],
      ['html', {}, 502, 'weixin_unavailable'],
      ['truncate', {}, 502, 'weixin_unavailable'],
      ['empty', {}, 502, 'weixin_unavailable'],
      ['huge', {}, 502, 'weixin_unavailable'],
      ['body', { body: [] }, 502, 'weixin_unavailable'],
      ['body', { body: null }, 502, 'weixin_unavailable'],
      ['body', { body: 'null' }, 502, 'weixin_unavailable'],
      ['body', { body: { errcode: {} } }, 502, 'weixin_unavailable'],
      ['errcode', { errcode: 99999 }, 502, 'weixin_unavailable'],
      ['errcode', { errcode: '45009' }, 503, 'weixin_busy'],
      ['errcode', { errcode: 40164 }, 500, 'weixin_misconfigured'],
    ])('%s %j: %i %s, once, within the deadline', async (kind, members, status, code) => {
      await stack.breakWeixin(kind, members, path);
      const stopwatch = startStopwatch();
      expect(await knock()).toEqual([status, code]);
      expect(stopwatch()).toBeLessThan(TIMEOUT_MS + 1500);
      expect(await stack.exchanges(path)).toBe(1);
      await stack.fixWeixin();
      expect(await knock()).toEqual(REACHED);
    });
  });

  describe('at the fetch of a token', () => {
    beforeEach(forgetToken);

    it.each<[string, object | string]>([
      ['no token', { expires_in: 7200 }],
      ['an empty token', { access_token: '', expires_in: 7200 }],
      ['a number as token', { access_token: 7, expires_in: 7200 }],
      ['a token that breaks lines', { access_token: 'a\r\nb', expires_in: 7200 }],
      ['a token of 10 kB', { access_token: 'x'.repeat(10_000), expires_in: 7200 }],
      ['no lifetime', { access_token: 'token' }],
      ['a lifetime as text', { access_token: 'token', expires_in: '7200' }],
      ['a lifetime below zero', { access_token: 'token', expires_in: -7200 }],
      ['a lifetime without end', '{"access_token":"token","expires_in":1e400}'],
    ])('takes no token from an answer with %s', async (_, body) => {
      await stack.breakWeixin('body', { body }, TOKEN_PATH);
      expect(await knock()).toEqual([502, 'weixin_unavailable']);
      expect(await calls()).toEqual({ fetches: 1, calls: 0 });
      expect(await rows(stack.databaseUrl, 'SELECT token, lease_holder FROM weixin_access_tokens')).toEqual([
        { token: null, lease_holder: null },
      ]);
    });

    it('accepts no lifetime longer than WeChat’s two hours', async () => {
      await stack.breakWeixin('body', { body: { access_token: 'token', expires_in: 1e15 } }, TOKEN_PATH);
      await knock();
      const [row] = await rows(
        stack.databaseUrl,
        `SELECT expires_at - ${Date.now()} AS ms FROM weixin_access_tokens`,
      );
      expect(Number(row?.['ms'])).toBeLessThanOrEqual(7200_000);
    });

    it('finds the AppSecret wrong when stable_token answers 40001', async () => {
      await stack.breakWeixin('errcode', { errcode: 40001 }, TOKEN_PATH);
      expect(await knock()).toEqual([500, 'weixin_misconfigured']);
      expect(await calls()).toEqual({ fetches: 1, calls: 0 });
    });

    it('fails immediately after ten failed fetches of a token', async () => {
      await stack.breakWeixin('status', { status: 502 }, TOKEN_PATH);
      for (let i = 0; i < 10; i += 1) expect(await knock()).toEqual([502, 'weixin_unavailable']);
      expect(await knock()).toEqual([503, 'weixin_unavailable']);
      expect(await calls()).toEqual({ fetches: 10, calls: 0 });
    });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { SessionKeysService } from '../../libs/weixin/src/index.js';
import { execute, rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

const CHECK = '/wxa/checksession';
const RESET = '/wxa/resetusersessionkey';
const KEY = 'HyVFkGl5F5OQWJZZaNzBBg==';

describe('a session_key', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '1500' });
  let people = 0;

  async function person() {
    people += 1;
    const user = `session-key-${people}`;
    const { access: token, user_id: userId } = await stack.loggedIn(user);
    const row = async () => {
      const sql = `SELECT id, openid, session_key, session_key_at FROM weixin_identities WHERE user_id = '${userId}'`;
      const [found] = await rows<{ id: string; openid: string; session_key: string; session_key_at: number }>(
        stack.databaseUrl,
        sql,
      );
      if (!found) throw new Error('there is no identity');
      return found;
    };
    const { id, openid } = await row();
    const keys = stack.service(SessionKeysService);
    /** The status of a request with data that WeChat encrypted with its current key. */
    const opens = async () => {
      const { body } = await stack.sandbox<{ encryptedData: string; iv: string }>(
        'POST',
        '/sandbox/open-data',
        {
          user,
        },
      );
      const json = { encryptedData: body.encryptedData, iv: body.iv };
      return (await stack.call('/api/weixin/open-data', { token, json })).status;
    };
    return {
      user,
      openid,
      userId,
      row,
      opens,
      check: () => keys.checkSessionKey(id),
      reset: () => keys.resetUserSessionKey(id),
    };
  }

  it('is valid after a login, and stale after a wx.login() whose code was not sent', async () => {
    const { user, check } = await person();
    expect(await check()).toBe('valid');
    await stack.code(user);
    expect(await check()).toBe('stale');
    await stack.loggedIn(user);
    expect(await check()).toBe('valid');
  });

  it('is missing if the identity never logged in with a code', async () => {
    const { userId, check, reset } = await person();
    await execute(
      stack.databaseUrl,
      `UPDATE weixin_identities SET session_key = NULL, session_key_at = 0 WHERE user_id = '${userId}'`,
    );
    expect([await check(), await reset()]).toEqual(['missing', 'missing']);
  });

  it('is replaced by a reset, and later data decrypts with the new one', async () => {
    const { row, check, reset, opens } = await person();
    const before = await row();
    expect(await reset()).toBe('valid');
    const after = await row();
    expect(after.session_key).not.toBe(before.session_key);
    expect(after.session_key_at).toBeGreaterThanOrEqual(before.session_key_at);
    expect(await check()).toBe('valid');
    expect(await opens()).toBe(200);
  });

  it('is not replaced by a reset if it is stale', async () => {
    const { user, row, reset } = await person();
    await stack.code(user);
    const before = await row();
    expect(await reset()).toBe('stale');
    expect(await row()).toEqual(before);
  });

  it('is not replaced by a reset if a login stored it during the reset', async () => {
    const { user, reset, row, opens } = await person();
    await stack.breakWeixin('delay', { ms: 700 }, RESET);
    const resetting = reset();
    await expect.poll(() => stack.exchanges(RESET), { interval: 5 }).toBeGreaterThan(0);
    await stack.loggedIn(user);
    const { session_key: key } = await row();
    await resetting;
    expect((await row()).session_key).toBe(key);
    expect(await opens()).toBe(200);
  });

  describe.each([CHECK, RESET])('while WeChat fails at %s', (path) => {
    beforeEach(async () => {
      // A success: the failures of several tests would open the circuit.
      const { check, reset } = await person();
      await (path === CHECK ? check() : reset());
    });

    it.each<[string, object, string]>([
      ['hang', {}, 'weixin_timeout'],
      ['drip', {}, 'weixin_timeout'],
      ['reset', {}, 'weixin_unavailable'],
      ['reset', { when: 'after' }, 'weixin_unavailable'],
      ['status', { status: 500 }, 'weixin_unavailable'],
      ['redirect', { location: '/elsewhere' }, 'weixin_unavailable'],
      ['html', {}, 'weixin_unavailable'],
      ['truncate', {}, 'weixin_unavailable'],
      ['empty', {}, 'weixin_unavailable'],
      ['huge', {}, 'weixin_unavailable'],
      ['errcode', { errcode: -1 }, 'weixin_busy'],
      ['errcode', { errcode: 87008 }, 'weixin_unavailable'],
      ['errcode', { errcode: 40003 }, 'weixin_unavailable'],
    ])('is not changed: %s %j', async (kind, members, code) => {
      const { check, reset, row } = await person();
      const before = await row();
      await stack.breakWeixin(kind, members, path);
      await expect(path === CHECK ? check() : reset()).rejects.toMatchObject({ code });
      expect(await row()).toEqual(before);
    });
  });

  it.each<[string, object]>([
    ['no session_key', {}],
    ['an empty session_key', { session_key: '' }],
    ['a number as session_key', { session_key: 7 }],
    ['a list as session_key', { session_key: [KEY] }],
    ['no base64', { session_key: '<not base64 at all>' }],
    ['no openid', { session_key: KEY, openid: undefined }],
    ['another openid', { session_key: KEY, openid: 'oSomebodyElse000000000000001' }],
  ])('is not changed if a reset answers %s', async (_, members) => {
    const { openid, reset, row } = await person();
    const before = await row();
    const body = { errcode: 0, errmsg: 'ok', openid, ...members };
    await stack.breakWeixin('body', { body }, RESET);
    await expect(reset()).rejects.toMatchObject({ code: 'weixin_unavailable' });
    expect(await row()).toEqual(before);
  });
});

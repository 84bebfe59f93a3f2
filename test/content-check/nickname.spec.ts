import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.js';

const PATH = '/wxa/msg_sec_check';

describe('WEIXIN_CONTENT_CHECK=true', () => {
  const stack = useStack({ WEIXIN_CONTENT_CHECK: 'true', WEIXIN_TIMEOUT_MS: '300' });
  let token = '';
  beforeAll(async () => {
    token = (await stack.loggedIn()).access;
    await change({ nickname: 'before' });
  });
  beforeEach(async () => {
    // After its reset the sandbox treats a user as not seen for two hours.
    token = (await stack.loggedIn()).access;
    // A success: the failures of several tests would open the circuit.
    await change({ nickname: 'before' });
  });
  const change = (json: unknown) => stack.call('/api/me', { method: 'PUT', token, json });
  const nickname = async () => (await stack.call('/api/me', { token })).body['nickname'];
  const breakCheck = (kind: string, members: object = {}) => stack.breakWeixin(kind, members, PATH);
  const asked = () => stack.exchanges(PATH);

  it('stores a nickname that WeChat passes', async () => {
    const { status, body } = await change({ nickname: '小明' });
    expect([status, body['nickname']]).toEqual([200, '小明']);
  });

  it.each(['risky', 'review'])('refuses a nickname that WeChat finds %s', async (suggest) => {
    await breakCheck('body', { body: { errcode: 0, errmsg: 'ok', result: { suggest, label: 20001 } } });
    const { status, body } = await change({ nickname: 'bad', avatar_url: 'https://wx.qlogo.cn/a' });
    expect([status, body['code']]).toEqual([422, 'nickname_refused']);
    expect((await stack.call('/api/me', { token })).body).toMatchObject({
      nickname: 'before',
      avatar_url: null,
    });
  });

  it('refuses a nickname at errcode 87014', async () => {
    await breakCheck('errcode', { errcode: 87014 });
    const { status, body } = await change({ nickname: 'bad' });
    expect([status, body['code']]).toEqual([422, 'nickname_refused']);
    expect(await nickname()).toBe('before');
  });

  it('answers session_key_stale if WeChat has not seen the user for two hours', async () => {
    await stack.sandbox('POST', '/sandbox/reset');
    const { status, body } = await change({ nickname: '小明' });
    expect([status, body]).toMatchObject([409, { code: 'session_key_stale', weixin_errcode: 61010 }]);
    expect(await nickname()).toBe('before');
    token = (await stack.loggedIn()).access;
    expect((await change({ nickname: '小明' })).status).toBe(200);
  });

  it('sends only nicknames to WeChat, and none that is refused anyway', async () => {
    const before = await asked();
    await change({ avatar_url: 'https://wx.qlogo.cn/b' });
    await change({ nickname: null });
    await change({ nickname: '' });
    await change({ nickname: '小明', avatar_url: 'https://attacker.example/a' });
    await change({});
    expect(await asked()).toBe(before);
  });

  it.each<[string, object, number, string]>([
    ['hang', {}, 504, 'weixin_timeout'],
    ['drip', {}, 504, 'weixin_timeout'],
    ['reset', {}, 502, 'weixin_unavailable'],
    ['status', { status: 500 }, 502, 'weixin_unavailable'],
    ['redirect', { location: '/elsewhere' }, 502, 'weixin_unavailable'],
    ['html', {}, 502, 'weixin_unavailable'],
    ['truncate', {}, 502, 'weixin_unavailable'],
    ['empty', {}, 502, 'weixin_unavailable'],
    ['huge', {}, 502, 'weixin_unavailable'],
    ['errcode', { errcode: -1 }, 503, 'weixin_busy'],
    ['errcode', { errcode: 40129 }, 502, 'weixin_unavailable'],
    ['body', { body: { errcode: 0 } }, 502, 'weixin_unavailable'],
    ['body', { body: { errcode: 0, result: null } }, 502, 'weixin_unavailable'],
    ['body', { body: { errcode: 0, result: 'pass' } }, 502, 'weixin_unavailable'],
    ['body', { body: { errcode: 0, result: { suggest: ['pass'] } } }, 502, 'weixin_unavailable'],
    ['body', { body: { errcode: 0, result: { suggest: 'PASS' } } }, 502, 'weixin_unavailable'],
  ])('stores nothing after this fault of WeChat: %s %j', async (kind, members, status, code) => {
    await breakCheck(kind, members);
    const answer = await change({ nickname: '小明' });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await nickname()).toBe('before');
  });
});

describe('without WEIXIN_CONTENT_CHECK', () => {
  const stack = useStack();

  it('stores a nickname without a request to WeChat', async () => {
    const { access: token } = await stack.loggedIn();
    const answer = await stack.call('/api/me', { method: 'PUT', token, json: { nickname: '小明' } });
    expect(answer.status).toBe(200);
    expect(await stack.exchanges(PATH)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { phoneCode } from './people.js';

type Answer = LoginBody & { phone?: string; phone_problem?: string; code: string };
const PATH = '/wxa/business/getuserphonenumber';

describe('a login with phone_code', () => {
  const stack = useStack({ WEIXIN_TIMEOUT_MS: '300' });
  const login = async (members: object, user?: string, appid?: string) =>
    stack.login<Answer>({ code: await stack.code(user, appid), ...(appid && { appid }), ...members });

  it('binds the number in the same call', async () => {
    const phone_code = await phoneCode(stack, { phone: '13812345678' });
    const { status, body } = await login({ phone_code });
    expect([status, body.phone, body.phone_problem]).toEqual([200, '138****5678', undefined]);
    const me = await stack.call('/api/me', { token: body.access });
    expect(me.body).toMatchObject({ user_id: body.user_id, phone: '138****5678' });
  });

  it('binds the number through any mini-program', async () => {
    const appid = 'wxsandbox000000002';
    const { body } = await login(
      { phone_code: await phoneCode(stack, { appid, phone: '13812345678' }) },
      'bob',
      appid,
    );
    expect(body.phone).toBe('138****5678');
  });

  it('succeeds although the phone code is refused', async () => {
    const { status, body } = await login({ phone_code: await stack.code() }, 'carol');
    expect([status, body.code, body.phone, body.phone_problem]).toEqual([
      200,
      'success',
      undefined,
      'phone_code_invalid',
    ]);
    expect((await stack.knock(body.access))[0]).toBe(200);
  });

  it.each([
    ['hang', 'weixin_timeout'],
    ['reset', 'weixin_unavailable'],
    ['html', 'weixin_unavailable'],
  ])('succeeds although WeChat fails at the number: %s', async (kind, problem) => {
    await stack.breakWeixin(kind, {}, PATH);
    const { status, body } = await login({ phone_code: await phoneCode(stack, {}) }, `dave-${kind}`);
    expect([status, body.phone_problem]).toEqual([200, problem]);
  });

  it('succeeds although WeChat returns no access token', async () => {
    await stack.sandbox('PUT', '/sandbox/faults', [
      { path: '/cgi-bin/stable_token', kind: 'errcode', errcode: 40125 },
      { path: PATH, kind: 'errcode', errcode: 42001 },
    ]);
    const { status, body } = await login({ phone_code: await phoneCode(stack, {}) }, 'erin');
    expect([status, body.phone_problem]).toEqual([200, 'weixin_misconfigured']);
  });

  it('succeeds although the database fails at the number', async () => {
    await execute(stack.databaseUrl, 'ALTER TABLE user_phones RENAME TO away');
    const { status, body } = await login({ phone_code: await phoneCode(stack, {}) }, 'frank');
    await execute(stack.databaseUrl, 'ALTER TABLE away RENAME TO user_phones');
    expect([status, body.phone_problem]).toEqual([200, 'internal_error']);
  });

  it('succeeds although the limit of bindings is reached, and reports it', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await login({ phone_code: await phoneCode(stack, {}) }, 'grace')).body.phone).toBeTruthy();
    const { status, body } = await login({ phone_code: await phoneCode(stack, {}) }, 'grace');
    expect([status, body.phone_problem]).toEqual([200, 'phone_bindings_exhausted']);
  });

  it('does not use up the phone code if it fails', async () => {
    const phone_code = await phoneCode(stack, { phone: '13812345678' });
    const { status } = await stack.login({ code: 'wrong', phone_code });
    expect(status).toBe(401);
    expect((await login({ phone_code }, 'heidi')).body.phone).toBe('138****5678');
  });

  it.each([[''], [null], [7], [['x']], ['x'.repeat(513)]])(
    'refuses as phone_code: %j',
    async (phone_code) => {
      const { status, body } = await login({ phone_code });
      expect([status, body.code]).toEqual([400, 'validation_failed']);
    },
  );

  it('makes no further call to WeChat without a phone_code, and returns no member about a phone', async () => {
    const { body } = await login({}, 'ivan');
    expect(body).not.toHaveProperty('phone');
    expect(body).not.toHaveProperty('phone_problem');
    const stats = (await stack.sandbox('GET', '/sandbox/stats')).body;
    const called = Object.entries(stats).filter(([, count]) => count !== 0);
    expect(called).toEqual([['/sns/jscode2session', 1]]);
  });
});

import { describe, expect, it } from 'vitest';
import { rows } from '../support/rows.js';
import { useStack } from '../support/stack.js';

const PATH = '/wxa/getuserriskrank';

describe('WEIXIN_RISK_RANK_MAX', () => {
  const stack = useStack({ WEIXIN_RISK_RANK_MAX: '2', WEIXIN_TIMEOUT_MS: '300' });
  const rank = (user: string, riskRank: number) => stack.sandbox('PUT', '/sandbox/users', { user, riskRank });
  const asked = () => stack.exchanges(PATH);
  const users = async () => (await rows(stack.databaseUrl, 'SELECT id FROM users')).length;
  let people = 0;
  const newUser = () => {
    people += 1;
    return `risk-${people}`;
  };

  it('creates no user for a person whose rank is above it', async () => {
    const [user, before] = [newUser(), await users()];
    await rank(user, 3);
    const { status, body } = await stack.login<{ code: string }>({ code: await stack.code(user) });
    expect([status, body.code]).toEqual([403, 'login_blocked']);
    expect(await users()).toBe(before);
  });

  it('creates a user for a person whose rank is not above it', async () => {
    const user = newUser();
    await rank(user, 2);
    expect((await stack.loggedIn(user)).is_new_user).toBe(true);
  });

  it('applies to sign-ups only: a known user logs in without a request for the rank', async () => {
    const user = newUser();
    await stack.loggedIn(user);
    await rank(user, 4);
    const before = await asked();
    expect((await stack.loggedIn(user)).is_new_user).toBe(false);
    expect(await asked()).toBe(before);
  });

  it('sends the address of the client to WeChat', async () => {
    stack.logs.length = 0;
    // Without the address WeChat returns no rank.
    await stack.loggedIn(newUser());
    expect(stack.logs.join('')).not.toContain('passed without its risk rank');
  });

  it.each<[string, object]>([
    ['hang', {}],
    ['reset', {}],
    ['status', { status: 500 }],
    ['redirect', { location: '/elsewhere' }],
    ['html', {}],
    ['truncate', {}],
    ['empty', {}],
    ['huge', {}],
    ['drip', {}],
    ['errcode', { errcode: 61010 }],
    ['errcode', { errcode: 48001 }],
    ['body', { body: { errcode: 0 } }],
    ['body', { body: { errcode: 0, risk_rank: '4' } }],
    ['body', { body: { errcode: 0, risk_rank: null } }],
  ])('does not stop a login at this fault of WeChat: %s %j', async (kind, members) => {
    await stack.breakWeixin(kind, members, PATH);
    stack.logs.length = 0;
    expect((await stack.loggedIn(newUser())).is_new_user).toBe(true);
    await expect
      .poll(() => stack.logs.filter((line) => line.includes('passed without its risk rank')))
      .toHaveLength(1);
  });

  it('does not stop a login while WeChat issues no access token', async () => {
    await stack.sandbox('PUT', '/sandbox/faults', [
      { path: '/cgi-bin/stable_token', kind: 'status', status: 500 },
      { path: PATH, kind: 'errcode', errcode: 42001 },
    ]);
    expect((await stack.loggedIn(newUser())).is_new_user).toBe(true);
  });
});

describe('without WEIXIN_RISK_RANK_MAX', () => {
  const stack = useStack();

  it('logs in without a request for a risk rank', async () => {
    await stack.sandbox('PUT', '/sandbox/users', { user: 'mallory', riskRank: 4 });
    expect((await stack.loggedIn('mallory')).is_new_user).toBe(true);
    expect(await stack.exchanges(PATH)).toBe(0);
  });
});

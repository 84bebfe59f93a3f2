import { describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { useStack } from '../support/stack.js';

describe('passport users', () => {
  const stack = useStack();
  const cli = (...args: string[]) => ended(stack.env, 'users', ...args);

  it('checks and resets the session_keys of a user, and shows none of them', async () => {
    const { user_id: id } = await stack.loggedIn();
    const appid = 'wxsandbox000000002';
    await stack.login({ code: await stack.code('alice', appid), appid });
    const valid = await cli('check-session-key', id);
    expect(valid).toMatchObject({ code: 0, output: 'wxsandbox000000001  valid\nwxsandbox000000002  valid' });
    await stack.code();
    expect((await cli('check-session-key', id)).output).toMatch(
      /^wxsandbox000000001 {2}stale.*\nwx.* {2}valid$/,
    );
    expect((await cli('reset-session-key', id)).output).toBe(
      'wxsandbox000000001  was stale already\nwxsandbox000000002  replaced',
    );
  });

  it('prints the problem of an app that WeChat refuses, and continues with the others', async () => {
    const { user_id: id } = await stack.loggedIn();
    await stack.breakWeixin('status', { status: 500, times: 1 }, '/wxa/checksession');
    const { code, output } = await cli('check-session-key', id);
    expect(code).toBe(1);
    expect(output).toMatch(/^wxsandbox000000001 {2}weixin_unavailable: .*\nwxsandbox000000002 {2}/);
  });

  it('prints an error if no user has the id', async () => {
    for (const command of ['check-session-key', 'reset-session-key'])
      expect((await cli(command, '00000000-0000-0000-0000-000000000000')).code).toBe(1);
  });
});

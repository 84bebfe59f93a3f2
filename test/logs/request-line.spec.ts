import { describe, expect, it } from 'vitest';
import { execute } from '../support/rows.js';
import { useStack } from '../support/stack.js';

describe('the log line of a refused request', () => {
  const stack = useStack();
  const lines = () => stack.logs.map((line) => JSON.parse(line) as Record<string, unknown>);
  /** The line of the last request, once it is there. */
  async function lineOf(call: () => Promise<{ headers: Headers }>): Promise<Record<string, unknown>> {
    const { headers } = await call();
    const ofIt = ({ msg, request_id: id }: Record<string, unknown>) =>
      msg === 'request' && id === headers.get('x-request-id');
    await expect.poll(() => lines().some(ofIt)).toBe(true);
    return lines().find(ofIt) ?? {};
  }

  it('has the code of the problem', async () => {
    expect(await lineOf(() => stack.call('/api/me'))).toMatchObject({ status: 401, code: 'token_missing' });
    expect(await lineOf(() => stack.call('/nowhere'))).toMatchObject({ status: 404, code: 'not_found' });
    const refused = await lineOf(() => stack.login({ code: 'wrong' }));
    expect(refused).toMatchObject({ status: 401, code: 'login_code_invalid' });
    expect(refused).not.toHaveProperty('user_id');
  });

  it('has the id of the user whose access token came with it', async () => {
    const { access: token, refresh, user_id: userId } = await stack.loggedIn();
    const invalid = await lineOf(() =>
      stack.call('/api/me', { method: 'PUT', token, json: { nickname: 7 } }),
    );
    expect(invalid).toMatchObject({ status: 400, code: 'validation_failed', user_id: userId });
    await stack.call('/api/token/blacklist/', { json: { refresh } });
    const ended = await lineOf(() => stack.call('/api/me', { token }));
    expect(ended).toMatchObject({ status: 401, code: 'token_revoked', user_id: userId });
  });

  it('has the id of the user whose refresh token or login is refused', async () => {
    const { refresh, user_id: userId } = await stack.loggedIn();
    await stack.users.disable(userId);
    const refreshed = await lineOf(() => stack.refresh(refresh));
    expect(refreshed).toMatchObject({ code: 'user_disabled', user_id: userId });
    const code = await stack.code();
    const loggedIn = await lineOf(() => stack.login({ code }));
    expect(loggedIn).toMatchObject({ code: 'user_disabled', user_id: userId });
    await stack.users.enable(userId);
  });

  it('has neither if the request succeeds', async () => {
    const { access: token } = await stack.loggedIn();
    const line = await lineOf(() => stack.call('/api/me', { token }));
    expect(line).not.toHaveProperty('code');
    expect(line).not.toHaveProperty('user_id');
  });
});

describe('a 500 for a table or a column that does not exist', () => {
  const stack = useStack();
  const said = () => stack.logs.filter((line) => line.includes('"level":50')).join('');

  it.each([
    [
      'table',
      'ALTER TABLE user_documents RENAME TO elsewhere',
      'ALTER TABLE elsewhere RENAME TO user_documents',
    ],
    [
      'column',
      'ALTER TABLE user_documents RENAME COLUMN version TO elsewhere',
      'ALTER TABLE user_documents RENAME COLUMN elsewhere TO version',
    ],
  ])('says in the log that an entity has no migration: %s', async (_, remove, restore) => {
    const { access: token, user_id: userId } = await stack.loggedIn();
    await execute(stack.databaseUrl, remove);
    stack.logs.length = 0;
    const answer = await stack.call('/api/weixin/data/', { token });
    await execute(stack.databaseUrl, restore);
    expect([answer.status, answer.body['code']]).toEqual([500, 'internal_error']);
    expect(answer.text).not.toContain('migration');
    await expect.poll(said).toContain('an entity has no migration');
    await expect.poll(() => stack.logs.join('')).toContain('"msg":"request"');
    expect(stack.logs.join('')).toContain(`"code":"internal_error","user_id":"${userId}"`);
  });
});

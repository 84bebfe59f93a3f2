import { describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { phoneCode } from '../phone/people.js';
import { everythingIn, rows } from '../support/rows.js';
import { useDeletions } from './people.js';

describe('the export of an account', () => {
  const { stack, exported } = useDeletions();

  it('has everything stored of the caller, with the whole phone number, and nothing of another person', async () => {
    const { access } = await stack.loggedIn('ming');
    const other = await stack.loggedIn('hong');
    const code = await phoneCode(stack, { user: 'ming', phone: '13800138123' });
    await stack.call('/api/me/phone', { token: access, json: { code } });
    await stack.call('/api/weixin/data', { token: access, json: { items: ['a red bicycle'] } });
    const { status, body } = await exported(access, 'ming');
    expect(status).toBe(200);
    expect(Object.keys(body.tables).sort()).toEqual([
      'auth_events',
      'sessions',
      'user_documents',
      'user_phones',
      'users',
      'weixin_identities',
      'weixin_unions',
    ]);
    expect(body.tables['user_phones']).toMatchObject([{ phone: '+8613800138123' }]);
    expect(body.tables['user_documents']).toMatchObject([{ document: { items: ['a red bicycle'] } }]);
    expect(JSON.stringify(body)).not.toContain(other.user_id);
    const kinds = await rows(stack.databaseUrl, "SELECT kind FROM auth_events WHERE kind = 'data_exported'");
    expect(kinds).toHaveLength(1);
  });

  it('has the rows of users who were merged into the caller', async () => {
    const { access } = await stack.loggedIn('ming');
    const other = await stack.loggedIn('hong');
    const json = { keep: 'mine', code: await stack.code('hong') };
    expect((await stack.call('/api/me/merge', { token: access, json })).status).toBe(200);
    const { body } = await exported(access, 'ming');
    expect(body.tables['users']).toHaveLength(2);
    expect(JSON.stringify(body.tables['auth_events'])).toContain(other.user_id);
  });

  it('is refused with a code of another person, and answers no data', async () => {
    const { access } = await stack.loggedIn('ming');
    // The event of the login is written up to a second later.
    await stack.service(AuthEventsService).flush();
    const before = await everythingIn(stack.databaseUrl);
    const { status, body } = await exported(access, 'stranger');
    expect([status, body.code, body.tables]).toEqual([403, 'login_code_foreign', undefined]);
    if (!stack.databaseUrl.startsWith('sqlite:')) expect(await everythingIn(stack.databaseUrl)).toBe(before);
  });
});

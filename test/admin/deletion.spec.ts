import { describe, expect, it } from 'vitest';
import { useDeletions } from '../deletion/people.js';
import { rows } from '../support/rows.js';
import { adminCaller } from './admin.js';

describe('the deletion of a user by the admin API', () => {
  const { stack, again } = useDeletions({ ADMIN_PORT: '0' });
  const eventsOf = async (actor: string) =>
    (
      await rows<{ kind: string }>(
        stack.databaseUrl,
        `SELECT kind FROM auth_events WHERE actor = '${actor}' ORDER BY id`,
      )
    ).map(({ kind }) => kind);

  it('begins the cooling-off, once, and is cancelled, with the account in the audit log', async () => {
    const { user_id: id, refresh } = await stack.loggedIn('ming');
    const { ask, clientId } = await adminCaller(stack, { scopes: ['users:read', 'users:write'] });
    const { status, body } = await ask(`/users/${id}/deletion`, { method: 'POST' });
    expect(status).toBe(200);
    expect((await stack.refresh(refresh)).body).toMatchObject({ ended_by: 'deletion' });
    expect((await ask(`/users/${id}`)).body).toMatchObject({ state: 'leaving', ...body });
    const twice = await ask(`/users/${id}/deletion`, { method: 'POST', json: {} });
    expect([twice.status, twice.body['code']]).toEqual([409, 'deletion_pending']);
    expect((await ask(`/users/${id}/deletion`, { method: 'DELETE' })).status).toBe(204);
    const none = await ask(`/users/${id}/deletion`, { method: 'DELETE' });
    expect([none.status, none.body['code']]).toEqual([404, 'deletion_not_requested']);
    expect((await again('ming')).deletion).toBeUndefined();
    expect(await eventsOf(clientId)).toEqual(['deletion_requested', 'deletion_cancelled']);
  });

  it('erases a disabled user only if the ban is to be forgotten', async () => {
    const { user_id: id } = await stack.loggedIn('hong');
    const { ask, clientId } = await adminCaller(stack, { scopes: ['users:write'] });
    await stack.users.disable(id);
    const refused = await ask(`/users/${id}/deletion`, { method: 'POST' });
    expect([refused.status, refused.body['code']]).toEqual([403, 'user_disabled']);
    const wrong = await ask(`/users/${id}/deletion`, { method: 'POST', json: { forget_ban: 'yes' } });
    expect(wrong.body['code']).toBe('validation_failed');
    expect((await ask(`/users/${id}/deletion`, { method: 'POST', json: { forget_ban: true } })).status).toBe(
      200,
    );
    expect(await stack.users.find(id)).toBeNull();
    expect(await eventsOf(clientId)).toEqual(['user_deleted']);
  });
});

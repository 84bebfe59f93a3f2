import { describe, expect, it, vi } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { eventsOf } from '../events/events.js';
import { execute, rows } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';
import { claimsOf } from '../tokens/forge.js';

describe('the refresh of a session that its user ended from another device', () => {
  const stack = useStack({ MAX_SESSIONS_PER_USER: '2' });
  const remove = (path: string, token: string) => stack.call(path, { method: 'DELETE', token });
  const refused = async (refresh: string) => {
    const { status, body } = await stack.refresh<Record<string, unknown>>(refresh);
    return { status, ...body };
  };
  const loginOn = async (user: string, id: string): Promise<LoginBody> =>
    (await stack.login({ code: await stack.code(user), device: { id } })).body;

  it('answers refresh_token_revoked with ended_by and ended_at, without device and address', async () => {
    const [here, other] = [await stack.loggedIn('one'), await stack.loggedIn('one')];
    const next = (await stack.refresh(other.refresh)).body;
    const before = Date.now();
    await remove(`/api/sessions/${claimsOf(other.access).sid}`, here.access);
    // Every generation, more than once.
    for (const refresh of [next.refresh, other.refresh, next.refresh]) {
      const answer = await refused(refresh);
      expect(answer).toMatchObject({ status: 401, code: 'refresh_token_revoked', ended_by: 'user' });
      expect(Object.keys(answer).sort()).toEqual(
        ['code', 'ended_at', 'ended_by', 'instance', 'status', 'title', 'type'].sort(),
      );
      const endedAt = String(answer['ended_at' as keyof typeof answer]);
      expect(endedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Math.abs(Date.parse(endedAt) - before)).toBeLessThan(5000);
    }
    expect((await stack.refresh(here.refresh)).status).toBe(200);
  });

  it('answers refresh_token_revoked after all other sessions were ended', async () => {
    const [other, here] = [await stack.loggedIn('all'), await stack.loggedIn('all')];
    await remove('/api/sessions', here.access);
    expect(await refused(other.refresh)).toMatchObject({ code: 'refresh_token_revoked', ended_by: 'user' });
  });

  it('does not reveal the end of a session to a token that this service did not sign', async () => {
    const [here, other] = [await stack.loggedIn('forged'), await stack.loggedIn('forged')];
    await remove('/api/sessions', here.access);
    const [head, payload] = other.refresh.split('.');
    expect(await refused(`${head}.${payload}.AAAA`)).toMatchObject({ code: 'refresh_token_invalid' });
  });

  it('answers refresh_token_invalid if the user ended the session of the request itself', async () => {
    const { access, refresh } = await stack.loggedIn('own');
    const { sid } = claimsOf(access);
    await stack.service(AuthEventsService).flush();
    await execute(stack.databaseUrl, 'DELETE FROM auth_events');
    expect((await remove(`/api/sessions/${sid}`, access)).status).toBe(204);
    expect(await refused(refresh)).toMatchObject({ status: 401, code: 'refresh_token_invalid' });
    expect(await eventsOf(stack)).toMatchObject([{ kind: 'logout', session_id: sid }]);
    expect(await rows(stack.databaseUrl, `SELECT revoked_reason FROM sessions WHERE id = '${sid}'`)).toEqual([
      { revoked_reason: 'logout' },
    ]);
  });

  it('answers refresh_token_invalid after a logout, a login on the same device, and one session too many', async () => {
    const loggedOut = await stack.loggedIn('silent');
    await stack.call('/api/token/blacklist/', { json: { refresh: loggedOut.refresh } });
    const replaced = await loginOn('silent', 'phone');
    await loginOn('silent', 'phone');
    const oldest = await stack.loggedIn('crowded');
    for (let count = 0; count < 2; count += 1) await stack.loggedIn('crowded');
    for (const { refresh } of [loggedOut, replaced, oldest])
      expect(await refused(refresh)).toMatchObject({ status: 401, code: 'refresh_token_invalid' });
  });

  it('answers refresh_token_expired after the token has expired', async () => {
    const [here, other] = [await stack.loggedIn('late'), await stack.loggedIn('late')];
    await remove('/api/sessions', here.access);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    try {
      expect(await refused(other.refresh)).toMatchObject({ code: 'refresh_token_expired' });
    } finally {
      vi.useRealTimers();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { AuthEventsService } from '../../libs/audit/src/index.js';
import { rows } from '../support/rows.js';
import { useDeletions } from './people.js';

const DAY_MS = 86_400_000;

describe('the deletion of an account', () => {
  const { stack, entries, leave, state, cancel, again } = useDeletions();
  const pending = async (userId: string) =>
    (await rows(stack.databaseUrl, `SELECT deletes_at, deletion_by FROM users WHERE id = '${userId}'`))[0];
  const events = async (userId: string) => {
    await stack.service(AuthEventsService).flush();
    const sql = `SELECT kind, detail FROM auth_events WHERE user_id = '${userId}' ORDER BY id`;
    return (await rows<{ kind: string; detail: string | null }>(stack.databaseUrl, sql)).map(
      ({ kind, detail }) => (detail === null ? kind : `${kind} ${detail}`),
    );
  };

  it('ends all sessions, and names the time of the erasure after the cooling-off', async () => {
    const phone = await stack.loggedIn('ming');
    const tablet = await stack.loggedIn('ming');
    expect(await state(phone.access)).toEqual({ deletes_at: null, cooling_off_days: 7 });
    const { status, body } = await leave(phone.access, 'ming');
    expect(status).toBe(200);
    expect(Math.abs(Date.parse(body.deletes_at) - Date.now() - 7 * DAY_MS)).toBeLessThan(60_000);
    for (const { access, refresh } of [phone, tablet]) {
      expect(await stack.knock(access)).toEqual([401, 'token_revoked']);
      expect((await stack.refresh(refresh)).body).toMatchObject({
        code: 'refresh_token_revoked',
        ended_by: 'deletion',
      });
    }
    const entry = { user_id: phone.user_id, at: 'string' };
    expect(entries()).toEqual([{ action: 'requested', deletes_at: body.deletes_at, ...entry }]);
  });

  it('stays pending through a login, whose answer has the time', async () => {
    const back = await again('ming');
    expect(back).toMatchObject({ is_new_user: false, deletion: await state(back.access).then(deletesAt) });
    expect((await stack.knock(back.access))[0]).toBe(200);
  });

  it('is refused a second time, and the time stays', async () => {
    const { access, user_id: userId } = await again('ming');
    const before = await pending(userId);
    const { status, body } = await leave(access, 'ming');
    expect([status, body.code]).toEqual([409, 'deletion_pending']);
    expect(await pending(userId)).toEqual(before);
    expect((await stack.knock(access))[0]).toBe(200);
  });

  it('is cancelled once by the user, who stays', async () => {
    const { access, user_id: userId } = await again('ming');
    expect((await cancel(access)).status).toBe(204);
    const { status, body } = await cancel(access);
    expect([status, body['code']]).toEqual([404, 'deletion_not_requested']);
    expect((await again('ming')).deletion).toBeUndefined();
    expect(entries().at(-1)).toEqual({ action: 'cancelled', user_id: userId, at: 'string' });
    expect(await events(userId)).toEqual(
      expect.arrayContaining(['deletion_requested user', 'deletion_cancelled user']),
    );
  });

  it.each([
    ['of another person', 'hong', 403, 'login_code_foreign'],
    ['of a person who never logged in', 'stranger', 403, 'login_code_foreign'],
  ])('is refused with a code %s', async (_, other, status, code) => {
    await stack.loggedIn('hong');
    const { access, user_id: userId } = await stack.loggedIn('ming');
    const { status: answered, body } = await leave(access, other);
    expect([answered, body.code]).toEqual([status, code]);
    expect(await pending(userId)).toEqual({ deletes_at: null, deletion_by: null });
    expect((await stack.knock(access))[0]).toBe(200);
  });

  it('is refused with a code that was used before, and without one', async () => {
    const code = await stack.code('ming');
    const { body } = await stack.login({ code });
    const token = body.access;
    for (const [json, refusal] of [
      [{ code }, 'login_code_used'],
      [{}, 'validation_failed'],
      [{ code: 'stale' }, 'login_code_invalid'],
    ]) {
      const answer = await stack.call('/api/me/deletion', { method: 'POST', token, json });
      expect(answer.body['code']).toBe(refusal);
    }
    expect(await pending(body.user_id)).toEqual({ deletes_at: null, deletion_by: null });
  });

  it('is requested once by twenty calls at once', async () => {
    const { access, user_id: userId } = await stack.loggedIn('lin');
    const answers = await Promise.all(Array.from({ length: 20 }, () => leave(access, 'lin')));
    const codes = answers.map(({ status, body }) => (status === 200 ? '200' : String(body.code)));
    expect(codes.filter((code) => code === '200')).toHaveLength(1);
    for (const code of new Set(codes)) expect(['200', 'deletion_pending', 'token_revoked']).toContain(code);
    expect(entries().filter((entry) => entry['user_id' as never] === userId)).toHaveLength(1);
  });

  it('ends a session that is refreshed at the same time', async () => {
    const user = await stack.loggedIn('wei');
    const [refreshed] = await Promise.all([stack.refresh(user.refresh), leave(user.access, 'wei')]);
    const newest = refreshed.status === 200 ? refreshed.body.refresh : user.refresh;
    expect((await stack.refresh(newest)).body).toMatchObject({ ended_by: 'deletion' });
  });

  it('forbids merging, from either side', async () => {
    const leaving = await again('lin');
    const other = await stack.loggedIn('hong');
    for (const [token, code] of [
      [leaving.access, await stack.code('hong')],
      [other.access, await stack.code('lin')],
    ] as const) {
      const answer = await stack.call('/api/me/merge', { token, json: { keep: 'mine', code } });
      expect([answer.status, answer.body['code']]).toEqual([409, 'deletion_pending']);
    }
  });

  it('during a merge of the same user happens to the merged user or not at all', async () => {
    const [one, two] = [await stack.loggedIn('zhao'), await stack.loggedIn('mei')];
    const code = await stack.code('mei');
    const [merged, left] = await Promise.all([
      stack.call('/api/me/merge', { token: one.access, json: { keep: 'mine', code } }),
      leave(two.access, 'mei'),
    ]);
    const mergedFirst = merged.status === 200;
    expect(left.status === 200).toBe(!mergedFirst);
    if (mergedFirst) expect(['token_revoked', 'login_code_foreign']).toContain(left.body.code);
    else expect(merged.body['code']).toBe('deletion_pending');
    expect((await pending(one.user_id))?.['deletes_at']).toBeNull();
  });

  it('is refused to a disabled user, as the export is', async () => {
    const { access, user_id: userId } = await stack.loggedIn('sun');
    await stack.users.disable(userId);
    await expect.poll(() => stack.knock(access)).toEqual([403, 'user_disabled']);
    const json = { code: 'any' };
    for (const path of ['/api/me/deletion', '/api/me/export']) {
      const answer = await stack.call(path, { method: 'POST', token: access, json });
      expect([answer.status, answer.body['code']]).toEqual([403, 'user_disabled']);
    }
    expect(await pending(userId)).toEqual({ deletes_at: null, deletion_by: null });
  });
});

describe('a deletion that the ledger cannot record', () => {
  const { stack, leave, state } = useDeletions({ DELETION_LEDGER: '/dev/null/deletions.jsonl' });

  it('is refused, and changes nothing', async () => {
    const { access } = await stack.loggedIn('ming');
    const { status, body } = await leave(access, 'ming');
    expect([status, body.code]).toEqual([503, 'deletion_ledger_unavailable']);
    expect(await state(access)).toMatchObject({ deletes_at: null });
    expect(stack.logs.join('')).toContain('DELETION_LEDGER cannot be written');
  });
});

const deletesAt = ({ deletes_at }: Record<string, unknown>) => ({ deletes_at });

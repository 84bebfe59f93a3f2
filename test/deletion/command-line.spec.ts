import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ended } from '../support/command.js';
import { execute } from '../support/rows.js';
import { useDeletions } from './people.js';

describe('passport users', () => {
  const { stack, ledger, again } = useDeletions();
  const users = (...argv: string[]) => ended(stack.env, 'users', ...argv, '--json');
  const json = async (...argv: string[]) =>
    JSON.parse((await users(...argv)).stdout) as Record<string, unknown>;
  const error = async (...argv: string[]) =>
    (JSON.parse((await users(...argv)).stderr) as { error: { code: string } }).error.code;

  it('deletes a user after the cooling-off, and cancels', async () => {
    const { user_id: id, refresh } = await stack.loggedIn('ming');
    const { deletes_at: deletesAt } = await json('delete', id);
    expect(Date.parse(String(deletesAt))).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect(await error('delete', id)).toBe('deletion_pending');
    expect((await stack.refresh(refresh)).body).toMatchObject({ ended_by: 'deletion' });
    expect((await again('ming')).deletion).toEqual({ deletes_at: deletesAt });
    expect(await json('show', id)).toMatchObject({ state: 'leaving', deletes_at: deletesAt });
    expect(await json('cancel-deletion', id)).toMatchObject({ state: 'active', deletes_at: null });
    expect(await error('cancel-deletion', id)).toBe('deletion_not_requested');
  });

  it('exports a disabled user', async () => {
    const { user_id: id } = await stack.loggedIn('hong');
    await stack.users.disable(id);
    expect(await json('export', id)).toMatchObject({ user_id: id, tables: { users: [{ id }] } });
  });

  it('erases a disabled user only with --forget-ban, and replays the ledger', async () => {
    const { user_id: id } = await stack.loggedIn('hong-2');
    await stack.users.disable(id);
    expect(await error('delete', id)).toBe('user_disabled');
    expect((await users('delete', id, '--forget-ban')).code).toBe(0);
    expect(await stack.users.find(id)).toBeNull();
    expect(await error('show', id)).toBe('user_not_found');
    await execute(stack.databaseUrl, `INSERT INTO users (id, created_at) VALUES ('${id}', 1)`);
    const replayed = { erased: 1, requested: 0, cancelled: 0, unconfirmed: 0, unreadable: 0 };
    expect(await json('replay-deletions', ledger)).toEqual(replayed);
    expect(await stack.users.find(id)).toBeNull();
  });

  it('reports lines of a ledger that are no entries, and a file that does not exist', async () => {
    const torn = `${ledger}.torn`;
    writeFileSync(torn, readFileSync(ledger, 'utf8').slice(0, -20));
    const { code, stdout } = await users('replay-deletions', torn);
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { unreadable: 1 }]);
    expect(await error('replay-deletions', `${ledger}.none`)).toBe('ledger_unreadable');
  });

  it.each(['export', 'delete', 'cancel-deletion'])(
    '%s reports a user who does not exist',
    async (command) => {
      expect(await error(command, '00000000-0000-7000-8000-000000000000')).toBe('user_not_found');
    },
  );
});

import { describe, expect, it } from 'vitest';
import { appendFileSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { Database } from '../../libs/database/src/index.js';
import {
  DeletionsService,
  LedgerConfirmationsService,
  LedgerReplayService,
} from '../../libs/deletion/src/index.js';
import { writeWithEffects } from '../../libs/personal-data/src/index.js';
import { execute, rows } from '../support/rows.js';
import { linesOf, useDeletions } from './people.js';

describe('a replay of the ledger', () => {
  const { stack, ledger, leave, cancel, again, state } = useDeletions();
  const replay = (lines: readonly string[]) => stack.service(LedgerReplayService).replay(lines);

  it('restores a pending deletion and its time, and a cancelled one', async () => {
    const { access, user_id: userId } = await stack.loggedIn('ming');
    const { body } = await leave(access, 'ming');
    const requested = linesOf(ledger);
    const back = await again('ming');
    await cancel(back.access);
    expect(await replay(requested)).toMatchObject({ requested: 1 });
    expect((await stack.knock(back.access))[0]).toBe(401);
    const leaving = await again('ming');
    expect(leaving).toMatchObject({ user_id: userId, deletion: { deletes_at: body.deletes_at } });
    expect(await replay(linesOf(ledger))).toMatchObject({ cancelled: 1 });
    expect(await state(leaving.access)).toMatchObject({ deletes_at: null });
  });

  it('restores nothing of a request whose write was not committed', async () => {
    const { access, user_id: userId } = await stack.loggedIn('hong');
    const failing = writeWithEffects(stack.service(Database), async (manager, effects) => {
      await stack.service(DeletionsService).request(manager, { userId, by: 'user' }, effects);
      throw new Error('the commit fails');
    });
    await expect(failing).rejects.toThrow('the commit fails');
    const lines = linesOf(ledger).filter((line) => line.includes(userId));
    expect(lines).toHaveLength(1);
    await stack.service(LedgerConfirmationsService).complete();
    expect(await replay(lines)).toMatchObject({ requested: 0, unconfirmed: 1 });
    expect((await stack.knock(access))[0]).toBe(200);
    expect((await leave(access, 'hong')).status).toBe(200);
    expect(await replay(linesOf(ledger))).toMatchObject({ unconfirmed: 0 });
  });

  it('restores a request whose confirmation was lost, once a start has found it in the database', async () => {
    const { access, user_id: userId } = await stack.loggedIn('lin');
    await leave(access, 'lin');
    const whole = linesOf(ledger);
    expect(whole.at(-1)).toContain('"requested"');
    writeFileSync(ledger, `${whole.slice(0, -1).join('\n')}\n`);
    expect(await replay(linesOf(ledger))).toMatchObject({ unconfirmed: 1 });
    await stack.restart();
    await stack.service(LedgerConfirmationsService).complete();
    expect(linesOf(ledger)).toEqual(whole);
    const [{ deletes_at: deletesAt } = {}] = await rows(
      stack.databaseUrl,
      `SELECT deletes_at FROM users WHERE id = '${userId}'`,
    );
    await execute(stack.databaseUrl, `UPDATE users SET deletes_at = NULL WHERE id = '${userId}'`);
    expect(await replay(linesOf(ledger))).toMatchObject({ requested: 1, unconfirmed: 0 });
    expect(await rows(stack.databaseUrl, `SELECT deletes_at FROM users WHERE id = '${userId}'`)).toEqual([
      { deletes_at: deletesAt },
    ]);
  });

  it('restores a request whose confirmation could not be written at first', async () => {
    const { user_id: userId } = await stack.loggedIn('zhao');
    await writeWithEffects(stack.service(Database), async (manager, effects) => {
      await stack.service(DeletionsService).request(manager, { userId, by: 'user' }, effects);
      renameSync(ledger, `${ledger}.aside`);
      mkdirSync(ledger);
    });
    rmdirSync(ledger);
    renameSync(`${ledger}.aside`, ledger);
    expect(stack.logs.join('')).toContain('DELETION_LEDGER lacks a confirmation');
    const actions = () =>
      linesOf(ledger)
        .filter((line) => line.includes(userId))
        .map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions()).toEqual(['requesting']);
    await stack.service(LedgerConfirmationsService).complete();
    expect(actions()).toEqual(['requesting', 'requested']);
  });

  it('spares a user who cancelled after an erasure that was not committed', async () => {
    const { access, user_id: userId } = await stack.loggedIn('wei');
    await leave(access, 'wei');
    const back = await again('wei');
    await execute(stack.databaseUrl, `UPDATE users SET deletes_at = 1 WHERE id = '${userId}'`);
    appendFileSync(
      ledger,
      `${JSON.stringify({ at: new Date(Date.now() - 5).toISOString(), action: 'erased', user_id: userId, merged_user_ids: [] })}\n`,
    );
    await cancel(back.access);
    expect(await replay(linesOf(ledger))).toMatchObject({ erased: 0, cancelled: 0 });
    expect((await stack.knock(back.access))[0]).toBe(200);
  });
});

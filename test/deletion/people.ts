import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErasuresService } from '../../libs/deletion/src/index.js';
import { useFolder } from '../support/folder.js';
import { execute } from '../support/rows.js';
import { type LoginBody, useStack } from '../support/stack.js';

/** The answer of a login of a user who is leaving. */
export interface LeavingBody extends LoginBody {
  deletion?: { deletes_at: string };
}

/** Returns the lines of a ledger. */
export const linesOf = (ledger: string) => readFileSync(ledger, 'utf8').trimEnd().split('\n');

/** A service with a ledger of its own, and what a person does with the account. */
export function useDeletions(env: NodeJS.ProcessEnv = {}) {
  const ledger = join(useFolder(), 'ledger', 'deletions.jsonl');
  const stack = useStack({ DELETION_LEDGER: ledger, ...env });
  return {
    stack,
    ledger,
    /** The entries of the ledger about what was committed, without their times. */
    entries: () =>
      linesOf(ledger)
        .filter((line) => !line.includes('"requesting"'))
        .map((line) => {
          const { at, ...entry } = JSON.parse(line) as Record<string, unknown>;
          return { ...entry, at: typeof at };
        }),
    /** Requests the deletion with a fresh code of a person. */
    leave: async (token: string, user: string, json: object = {}) =>
      stack.call<{ deletes_at: string; code?: string }>('/api/me/deletion', {
        method: 'POST',
        token,
        json: { code: await stack.code(user), ...json },
      }),
    state: async (token: string) => (await stack.call('/api/me/deletion', { token })).body,
    cancel: (token: string) => stack.call('/api/me/deletion', { method: 'DELETE', token }),
    exported: async (token: string, user: string, json: object = {}) =>
      stack.call<{ tables: Record<string, object[]>; code?: string }>('/api/me/export', {
        token,
        json: { code: await stack.code(user), ...json },
      }),
    again: async (user: string) => (await stack.login<LeavingBody>({ code: await stack.code(user) })).body,
    /** Ends the cooling-off of all users who are leaving, and erases them. */
    timePasses: async (): Promise<void> => {
      await execute(stack.databaseUrl, 'UPDATE users SET deletes_at = 1 WHERE deletes_at IS NOT NULL');
      while (await stack.service(ErasuresService).eraseDue());
      await stack.service(ErasuresService).purge();
    },
    /** Lets the minute after the erasures pass. */
    minutePasses: async (): Promise<void> => {
      await execute(stack.databaseUrl, 'UPDATE deleted_users SET deleted_at = deleted_at - 60000');
      while (await stack.service(ErasuresService).sweep());
      await stack.service(ErasuresService).purge();
    },
  };
}

import { parseJson } from '@app/common';
import { isId } from '@app/database';
import { Problem } from '@app/problem';

/** A list of users by the time of their state. */
export type TimedState = 'disabled' | 'deleting';

/** Where a page of the directory begins: after a user, in the list by id, by nickname, or by the time of a state. */
export type DirectoryCursor =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: TimedState; readonly at: number; readonly id: string }
  | { readonly by: 'nickname'; readonly nickname: string; readonly id: string };

/** Returns an opaque text for the client. */
export const encodeCursor = (cursor: DirectoryCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @throws {Problem} `validation_failed` for a text that {@link encodeCursor} has not returned */
export function decodeCursor(text: string): DirectoryCursor {
  const { by, id, at, nickname } = (parseJson(Buffer.from(text, 'base64url').toString()) ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof id === 'string' && isId(id)) {
    if (by === 'id') return { by, id };
    if ((by === 'disabled' || by === 'deleting') && Number.isSafeInteger(at))
      return { by, id, at: Number(at) };
    // PostgreSQL fails on NUL.
    if (by === 'nickname' && typeof nickname === 'string' && !nickname.includes('\0'))
      return { by, nickname, id };
  }
  throw new Problem('validation_failed', { members: { errors: ['cursor is not one of this list'] } });
}

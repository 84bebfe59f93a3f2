import { And, type EntityManager, type FindOptionsWhere, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { type IdRange, nextRange } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';

/** Returns the condition for the events of users within a range of the table. */
export const eventsWithin = (
  { from, to }: IdRange,
  userIds: readonly string[],
): FindOptionsWhere<AuthEvent> => ({ id: And(MoreThan(from), LessThanOrEqual(to)), userId: In(userIds) });

/**
 * Removes address, user agent and detail from the events of users, in the next `rows` rows of the table. An index by user would
 * cost each login three times the rest of its event.
 * @param from a primary key: {@link firstEventIdOf} a user, then the result of the call before
 * @returns the last primary key of these rows; undefined after the last row of the table
 * @see docs/adr/0022-erased-is-overwritten.md for the figures
 */
export async function eraseEvents(
  manager: EntityManager,
  userIds: readonly string[],
  from: string,
  rows: number,
): Promise<string | undefined> {
  const range = await nextRange(manager, AuthEvent, from, rows);
  if (!range) return undefined;
  await manager.update(AuthEvent, eventsWithin(range, userIds), { ip: null, userAgent: null, detail: null });
  return range.to;
}

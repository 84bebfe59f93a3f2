import type { EntityManager } from 'typeorm';
import { firstIdOf } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';

/**
 * Removes the oldest events from before a time, at most `rows` of them.
 * @param before epoch milliseconds
 * @returns whether more may be left
 */
export async function removeOldEvents(
  manager: EntityManager,
  before: number,
  rows: number,
): Promise<boolean> {
  const old = await manager
    .createQueryBuilder(AuthEvent, 'event')
    .select('event.id', 'id')
    .where('event.id < :end', { end: firstIdOf(before) })
    .orderBy('event.id')
    .limit(rows)
    .getRawMany<{ id: string }>();
  const last = old.at(-1);
  if (!last) return false;
  await manager.createQueryBuilder().delete().from(AuthEvent).where('id <= :id', last).execute();
  return old.length === rows;
}

import type { EntityManager } from 'typeorm';
import { AuthEvent } from './auth-event.entity.js';

/**
 * Removes the oldest events from before a time, at most `rows` of them.
 * @param before epoch milliseconds
 * @returns false when there are none left
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

/** The least UUIDv7 of a time: its first 48 bits are the epoch milliseconds (RFC 9562 section 5.7). */
function firstIdOf(epochMs: number): string {
  const hex = epochMs.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

import { type EntityManager, LessThan } from 'typeorm';
import { HourlyCount } from './hourly-count.entity.js';
import { HOUR_MS } from './pending-counts.js';

/**
 * Removes the counts of the oldest hour, if that is before a time.
 * @param before epoch milliseconds
 * @returns whether more may be left
 */
export async function removeOldCounts(manager: EntityManager, before: number): Promise<boolean> {
  const oldest = await manager.findOne(HourlyCount, {
    select: { hour: true },
    where: { hour: LessThan(Math.floor(before / HOUR_MS)) },
    order: { hour: 'ASC' },
  });
  if (!oldest) return false;
  await manager.delete(HourlyCount, { hour: oldest.hour });
  return true;
}

import type { EntityManager } from 'typeorm';
import { firstIdOf } from '@app/database';
import { WeixinPush } from './weixin-push.entity.js';

const RETENTION_MS = 3 * 86_400_000;

/**
 * Removes pushes that are older than three days, at most `rows` of them.
 * @returns whether more may be left
 */
export async function removeOldPushes(manager: EntityManager, rows: number): Promise<boolean> {
  const old = await manager
    .createQueryBuilder(WeixinPush, 'push')
    .select('push.id', 'id')
    .where('push.id < :end', { end: firstIdOf(Date.now() - RETENTION_MS) })
    .orderBy('push.id')
    .limit(rows)
    .getRawMany<{ id: string }>();
  const last = old.at(-1);
  if (last) await manager.createQueryBuilder().delete().from(WeixinPush).where('id <= :id', last).execute();
  return old.length === rows;
}

import { type EntityManager, type FindOptionsWhere, IsNull } from 'typeorm';
import { databaseNow } from '@app/database';
import type { RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/**
 * Ends the live sessions that match, for good. The time is the database's: the other instances find them by it.
 */
export async function revoke(
  manager: EntityManager,
  where: FindOptionsWhere<Session>,
  reason: RevokedReason,
): Promise<void> {
  await manager.update(
    Session,
    { ...where, revokedAt: IsNull() },
    { revokedAt: () => databaseNow(manager), revokedReason: reason },
  );
}

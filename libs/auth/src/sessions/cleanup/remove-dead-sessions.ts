import type { EntityManager } from 'typeorm';
import { databaseNow, type IdRange } from '@app/database';
import { ENDED_BY } from '../revoked-reason.js';
import { Session } from '../session.entity.js';

/** Sessions with these reasons answer `refresh_token_revoked` until their refresh tokens have expired. */
const STORED_UNTIL_EXPIRED = Object.keys(ENDED_BY);

/**
 * Removes the sessions of a range that ended more than `marginMs` ago. Sessions that a person ended from another device
 * stay until `marginMs` after `expires_at`.
 *
 * Removing a row hides no theft: reuse is detected at live sessions, whose rows stay. The refresh tokens of an ended
 * session are refused as expired or as invalid, with and without the row. Rotation only changes existing rows, and session
 * ids are never used again, so no such token gets a new pair.
 * @param marginMs longer than an access token of the session lives, and longer than the feed of revocations reads it
 */
export async function removeDeadSessions(
  manager: EntityManager,
  { from, to }: IdRange,
  marginMs: number,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .delete()
    .from(Session)
    .where('id > :from AND id <= :to', { from, to })
    .andWhere(
      `(expires_at < ${databaseNow(manager)} - :marginMs OR (revoked_at < ${databaseNow(manager)} - :marginMs ` +
        'AND (revoked_reason IS NULL OR revoked_reason NOT IN (:...stored))))',
      { marginMs, stored: STORED_UNTIL_EXPIRED },
    )
    .execute();
}

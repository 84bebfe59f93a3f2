import type { EntityManager } from 'typeorm';
import { databaseNow } from '@app/database';
import { ENDED_BY } from '../revoked-reason.js';
import { Session } from '../session.entity.js';

/** A stretch of the table by primary key, `from` excluded, `to` included. */
interface Stretch {
  from: string;
  to: string;
}

/**
 * The next stretch of at most `rows` sessions.
 * @returns undefined when there are none after `from`
 */
export async function nextStretch(
  manager: EntityManager,
  from: string,
  rows: number,
): Promise<Stretch | undefined> {
  const stretch = await manager
    .createQueryBuilder()
    .select('max(stretch.id)', 'to')
    .from(
      (ids) =>
        ids
          .select('session.id', 'id')
          .from(Session, 'session')
          .where('session.id > :from', { from })
          .orderBy('session.id')
          .limit(rows),
      'stretch',
    )
    .getRawOne<{ to: string | null }>();
  return stretch?.to == null ? undefined : { from, to: stretch.to };
}

/** Their rows answer `refresh_token_revoked` until the refresh tokens of the session have expired. */
const STORED_UNTIL_EXPIRED = Object.keys(ENDED_BY);

/**
 * Removes the sessions of a stretch that ended more than `marginMs` ago. Sessions that a person ended from elsewhere stay
 * until `marginMs` after `expires_at`.
 *
 * A removed row hides no theft: theft shows at a live session, and live rows stay. The refresh tokens of an ended session
 * are refused as expired, by their own `exp`, or as invalid, as they were with the row. Rotation only changes an existing
 * row, and the id of a session is never used again, so none of them gets a new pair.
 * @param marginMs longer than an access token of the session, and its place in the feed of revocations, can last
 */
export async function removeDeadSessions(
  manager: EntityManager,
  { from, to }: Stretch,
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

import { type EntityManager, In, IsNull, type FindOptionsWhere } from 'typeorm';
import { databaseNow } from '@app/database';
import type { OutboxService } from '@app/outbox';
import type { RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/** What is known of a session to end. */
export type EndingSession = Pick<Session, 'id' | 'userId' | 'appid'>;

/**
 * Ends sessions, appends `session.ended` for each, and returns their ids. `revoked_at` is the database's time, by which the
 * other instances find them.
 * @param sessions may have ended meanwhile: then nothing is changed and no event is appended
 */
export async function revokeSessions(
  manager: EntityManager,
  outbox: OutboxService,
  sessions: readonly EndingSession[],
  reason: RevokedReason,
): Promise<string[]> {
  const ids = sessions.map(({ id }) => id);
  if (ids.length === 0) return ids;
  if (!(await outbox.isSubscribed('session.ended', manager))) {
    await revoke(manager, { id: In(ids) }, reason);
    return ids;
  }
  // One by one, because only the number of changed rows shows whether another write has ended a session first.
  for (const session of sessions) await revokeSession(manager, outbox, session, reason);
  return ids;
}

/**
 * Ends one session and appends `session.ended`.
 * @returns false if another write has ended it first; nothing is changed and no event is appended then
 */
export async function revokeSession(
  manager: EntityManager,
  outbox: OutboxService,
  { id, userId, appid }: EndingSession,
  reason: RevokedReason,
): Promise<boolean> {
  if ((await revoke(manager, { id }, reason)) !== 1) return false;
  const data = { user_id: userId, session_id: id, appid, reason };
  await outbox.append(manager, { kind: 'session.ended', data });
  return true;
}

/** Returns how many sessions it has ended. */
async function revoke(
  manager: EntityManager,
  where: FindOptionsWhere<Session>,
  revokedReason: RevokedReason,
): Promise<number | undefined> {
  const changes = { revokedAt: () => databaseNow(manager), revokedReason };
  return (await manager.update(Session, { ...where, revokedAt: IsNull() }, changes)).affected;
}

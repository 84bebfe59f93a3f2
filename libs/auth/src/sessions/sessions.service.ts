import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  type EntityManager,
  type FindOptionsWhere,
  In,
  IsNull,
  MoreThan,
  Not,
  type Repository,
} from 'typeorm';
import { Database, rowLock } from '@app/database';
import { AuthEvents, type ClientInfo } from '@app/audit';
import type { Principal } from '../principal.js';
import { Revocations } from './revocation/revocations.service.js';
import { revoke } from './revoke.js';
import type { RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/** Why a session ends here, and the event that is. */
const EVENT_KINDS = { logout: 'logout', ended_by_user: 'session_ended' } as const;

/** The live sessions of a user. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly database: Database,
    private readonly revocations: Revocations,
    private readonly events: AuthEvents,
  ) {}

  /** The newest first. */
  list(userId: string): Promise<Session[]> {
    return this.sessions.find({
      where: { userId, revokedAt: IsNull(), expiresAt: MoreThan(this.database.clock.now()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  /**
   * Ends one session of the user. Ending the session of the request itself is a logout.
   * @param client the device that asks for it
   * @returns false if the user has no such live session
   */
  async end({ userId, sessionId }: Principal, id: string, client: ClientInfo): Promise<boolean> {
    const where = { id, userId, expiresAt: MoreThan(this.database.clock.now()) };
    return (await this.endWhere(where, id === sessionId ? 'logout' : 'ended_by_user', client)) > 0;
  }

  /** Ends every session of the user but the one the request comes from. */
  async endOthers({ userId, sessionId }: Principal, client: ClientInfo): Promise<void> {
    await this.endWhere({ userId, id: Not(sessionId) }, 'ended_by_user', client);
  }

  /** Ends the session a refresh token names, whatever its generation; unknown and ended ones are left as they are. */
  async logOut(sessionId: string, client: ClientInfo): Promise<void> {
    await this.endWhere({ id: sessionId }, 'logout', client, sessionId);
  }

  /**
   * Ends every session of a user who is merged into another, within the write that does so.
   * @returns the ids, for {@link announceEnded}
   */
  async endMerged(manager: EntityManager, userId: string): Promise<string[]> {
    const ended = await endLive(manager, { userId }, 'user_merged');
    return ended.map(({ id }) => id);
  }

  /** Tells this instance at once of endings that are committed. The others read of them within two seconds. */
  announceEnded(ids: readonly string[]): void {
    this.revocations.addSessions(ids);
  }

  private async endWhere(
    where: FindOptionsWhere<Session>,
    reason: keyof typeof EVENT_KINDS,
    client: ClientInfo,
    lockKey?: string,
  ): Promise<number> {
    const ended = await this.database.write((manager) => endLive(manager, where, reason), lockKey);
    this.announceEnded(ended.map(({ id }) => id));
    const kind = EVENT_KINDS[reason];
    for (const { id, userId, appid } of ended)
      this.events.record({ kind, userId, sessionId: id, appid, client });
    return ended.length;
  }
}

/** @returns the sessions that were live until now */
async function endLive(
  manager: EntityManager,
  where: FindOptionsWhere<Session>,
  reason: RevokedReason,
): Promise<Session[]> {
  const live = await manager.find(Session, {
    select: { id: true, userId: true, appid: true },
    where: { ...where, revokedAt: IsNull() },
    ...rowLock(manager),
  });
  // Exactly those that are told of.
  if (live.length > 0) await revoke(manager, { id: In(live.map(({ id }) => id)) }, reason);
  return live;
}

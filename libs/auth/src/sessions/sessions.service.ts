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
import { OutboxService } from '@app/outbox';
import { Problem } from '@app/problem';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import type { Principal } from '../principal.js';
import { RevocationsService } from './revocation/revocations.service.js';
import { revokeSessions } from './revoke-sessions.js';
import type { RevokedReason } from './revoked-reason.js';
import { Session } from './session.entity.js';

/** The event to record for each reason. */
const EVENT_KINDS = { logout: 'logout', ended_by_user: 'session_ended' } as const;

/** Lists and ends the live sessions of a user. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly database: Database,
    private readonly revocations: RevocationsService,
    private readonly events: AuthEventsService,
    private readonly outbox: OutboxService,
  ) {}

  /** Returns the live sessions, the last used first. */
  list(userId: string): Promise<Session[]> {
    return this.sessions.find({
      where: { userId, revokedAt: IsNull(), expiresAt: MoreThan(this.database.clock.now()) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  /**
   * Ends one session of the user. Ending the session of the request itself is a logout.
   * @param client the sender of the request
   * @returns false if the user has no such live session
   */
  async end({ userId, sessionId }: Principal, id: string, client: ClientInfo): Promise<boolean> {
    const where = { id, userId, expiresAt: MoreThan(this.database.clock.now()) };
    return (await this.endWhere(where, id === sessionId ? 'logout' : 'ended_by_user', client)) > 0;
  }

  /** Ends every session of the user except that of the request. */
  async endOthers({ userId, sessionId }: Principal, client: ClientInfo): Promise<void> {
    await this.endWhere({ userId, id: Not(sessionId) }, 'ended_by_user', client);
  }

  /**
   * Ends the live sessions of a user in mini-programs on behalf of the operator. Their next refresh gets `ended_by: "operator"`.
   * @param actor the service account that does it
   * @param id of one session; undefined for all
   * @returns how many have ended
   */
  async endForOperator(
    userId: string,
    appids: readonly string[],
    actor: string,
    id?: string,
  ): Promise<number> {
    const all = { userId, appid: In([...appids]), expiresAt: MoreThan(this.database.clock.now()) };
    const ended = await this.database.write(async (manager) => {
      const live = await this.endLive(manager, id === undefined ? all : { ...all, id }, 'ended_by_operator');
      for (const { id: sessionId, appid } of live)
        await this.events.write(manager, { kind: 'session_ended', userId, sessionId, appid, actor });
      return live;
    });
    this.announceEnded(ended.map(({ id }) => id));
    return ended.length;
  }

  /** Ends a session if it is live. */
  async logOut(sessionId: string, client: ClientInfo): Promise<void> {
    await this.endWhere({ id: sessionId }, 'logout', client, sessionId);
  }

  /**
   * Ends every session of users: they are merged or erased, leave, or have withdrawn a consent.
   * @param manager of the {@link Database.write} that changes them
   * @returns the ids, for {@link announceEnded}
   */
  async endAll(
    manager: EntityManager,
    userIds: readonly string[],
    reason: 'account_deletion' | 'consent_withdrawn' | 'user_erased' | 'user_merged',
  ): Promise<string[]> {
    const ended = await this.endLive(manager, { userId: In(userIds) }, reason);
    return ended.map(({ id }) => id);
  }

  /** Applies committed ends on this instance immediately. The others read them within two seconds. */
  announceEnded(ids: readonly string[]): void {
    this.revocations.addSessions(ids);
  }

  /**
   * Returns the id of the WeChat identity that the session was opened with. Tokens do not hold it.
   * @throws {Problem} `token_revoked` if the session is gone
   */
  async identityIdOf({ sessionId, userId }: Principal): Promise<string> {
    const where = { id: sessionId, userId };
    const session = await this.sessions.findOne({ select: { identityId: true }, where });
    if (!session) throw new Problem('token_revoked');
    return session.identityId;
  }

  private async endWhere(
    where: FindOptionsWhere<Session>,
    reason: keyof typeof EVENT_KINDS,
    client: ClientInfo,
    lockKey?: string,
  ): Promise<number> {
    const ended = await this.database.write((manager) => this.endLive(manager, where, reason), lockKey);
    this.announceEnded(ended.map(({ id }) => id));
    const kind = EVENT_KINDS[reason];
    for (const { id, userId, appid } of ended)
      this.events.record({ kind, userId, sessionId: id, appid, client });
    return ended.length;
  }

  /** Ends the matching live sessions and returns them. */
  private async endLive(
    manager: EntityManager,
    where: FindOptionsWhere<Session>,
    reason: RevokedReason,
  ): Promise<Session[]> {
    const live = await manager.find(Session, {
      select: { id: true, userId: true, appid: true },
      where: { ...where, revokedAt: IsNull() },
      ...rowLock(manager),
    });
    await revokeSessions(manager, this.outbox, live, reason);
    return live;
  }
}

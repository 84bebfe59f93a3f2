import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { Config } from '@app/config';
import { Database, newId, Prepared, awaitAll } from '@app/database';
import { AuthEventsService, type ClientInfo } from '@app/audit';
import { OutboxService } from '@app/outbox';
import { maskIp, oneLine } from '@app/common';
import { RevocationsService } from './revocation/revocations.service.js';
import type { TokenSubject } from '../tokens/token-subject.js';
import { type EndingSession, revokeSessions } from './revoke-sessions.js';
import { dayOf, Session } from './session.entity.js';

/** The device of a login, from the request body and the connection. */
export interface DeviceInfo extends ClientInfo {
  /** The client's id of the device, at most 64 characters. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** The owner of a session. */
export interface SessionOwner {
  readonly userId: string;
  readonly identityId: string;
  readonly appid: string;
  /** A new user has no other session. */
  readonly isNewUser: boolean;
  /** JSON text of the user's custom claims; null: none. */
  readonly customClaims: string | null;
}

const INSERT = new Prepared((manager, session: Session) =>
  manager.createQueryBuilder().insert().into(Session).values(session),
);

/** Selects the live sessions of a user except one, without the newest `keep`. */
const oldestBeyond = (keep: number) =>
  new Prepared((manager, where: { id: string; userId: string; now: number }) =>
    manager
      .createQueryBuilder(Session, 'session')
      .select(['session.id AS id', 'session.appid AS appid'])
      .where('session.userId = :userId AND session.revokedAt IS NULL AND session.expiresAt > :now', where)
      .andWhere('session.id <> :id', where)
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .offset(keep)
      .limit(1000),
  );

/** Opens the session of a login. */
@Injectable()
export class SessionOpenerService {
  private readonly oldest: ReturnType<typeof oldestBeyond>;
  /** Lifetime of a session without a refresh. */
  private readonly lifeMs: number;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly revocations: RevocationsService,
    private readonly events: AuthEventsService,
    private readonly outbox: OutboxService,
  ) {
    this.oldest = oldestBeyond(config.MAX_SESSIONS_PER_USER - 1);
    this.lifeMs = Math.min(config.REFRESH_TOKEN_IDLE_TTL_SECONDS, config.SESSION_TTL_SECONDS) * 1000;
  }

  /**
   * Finds or creates the user and opens a session, in one write. Replaces the live session of the same identity and device
   * id, and ends the oldest sessions beyond `MAX_SESSIONS_PER_USER`.
   * @param lockKey identifies the person at WeChat: logins with one key run one after the other, so that they cannot exceed
   * `MAX_SESSIONS_PER_USER` together. A user with two keys can exceed it by one session until the next login
   * @param identify finds or creates the owner; an error rolls back the whole write
   */
  async open<Owner extends SessionOwner>(
    lockKey: string,
    identify: (manager: EntityManager) => Promise<Owner>,
    device: DeviceInfo,
  ): Promise<{ owner: Owner; session: TokenSubject }> {
    const { owner, session, ended } = await this.database.write(async (manager) => {
      const owner = await identify(manager);
      const session = this.newSession(owner, device);
      // A hot path: the statements are sent together, which halves the wake-ups of SQLite's thread.
      const [ended] = await awaitAll([
        owner.isNewUser ? Promise.resolve<string[]>([]) : this.makeRoom(manager, session),
        INSERT.change(manager, session),
      ]);
      return { owner, session, ended };
    }, lockKey);
    this.revocations.addSessions(ended);
    const { userId, appid, customClaims, isNewUser } = owner;
    this.events.record({ kind: 'login', userId, sessionId: session.id, appid, client: device, isNewUser });
    return { owner, session: { ...session, lifeMs: this.lifeMs, customClaims } };
  }

  private newSession(owner: SessionOwner, device: DeviceInfo): Session {
    const now = this.database.clock.now();
    return {
      id: newId(),
      userId: owner.userId,
      identityId: owner.identityId,
      appid: owner.appid,
      generation: 0,
      parentGeneration: null,
      parentOf: null,
      rotatedAt: now,
      createdAt: now,
      lastUsedAt: now,
      lastUsedDay: dayOf(now),
      expiresAt: now + this.lifeMs,
      revokedAt: null,
      revokedReason: null,
      deviceId: device.id ?? null,
      device: device.name ?? oneLine(device.userAgent, 255),
      ip: maskIp(device.ip),
    };
  }

  /** Ends the sessions that the new one replaces. @returns their ids */
  private async makeRoom(manager: EntityManager, session: Session): Promise<string[]> {
    const replaced = session.deviceId === null ? [] : await replacedBy(manager, session, session.deviceId);
    return [
      ...(await revokeSessions(manager, this.outbox, replaced, 'replaced')),
      ...(await this.endOldest(manager, session)),
    ];
  }

  private async endOldest(manager: EntityManager, { id, userId }: Session): Promise<string[]> {
    const rows = await this.oldest.rows<Pick<Session, 'id' | 'appid'>>(manager, {
      id,
      userId,
      now: this.database.clock.now(),
    });
    const oldest = rows.map((row) => ({ ...row, userId }));
    return revokeSessions(manager, this.outbox, oldest, 'too_many_sessions');
  }
}

function replacedBy(
  manager: EntityManager,
  { id, userId, identityId }: Session,
  deviceId: string,
): Promise<EndingSession[]> {
  return manager.find(Session, {
    select: { id: true, userId: true, appid: true },
    where: { id: Not(id), userId, identityId, deviceId, revokedAt: IsNull() },
  });
}

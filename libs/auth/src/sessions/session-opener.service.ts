import { Injectable } from '@nestjs/common';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Config } from '@app/config';
import { Database, newId, Prepared, awaitAll } from '@app/database';
import { AuthEvents, type ClientInfo } from '@app/audit';
import { maskIp, oneLine } from '@app/common';
import { Revocations } from './revocation/revocations.service.js';
import type { TokenSubject } from '../tokens/token-subject.js';
import { revoke } from './revoke.js';
import { Session } from './session.entity.js';

/** The device a login comes from, as the client and the connection tell. */
export interface DeviceInfo extends ClientInfo {
  /** The client's own name for the device, at most 64 characters. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Whose session it is. */
export interface SessionOwner {
  readonly userId: string;
  readonly identityId: string;
  readonly appid: string;
  /** A user who was made just now has no other session. */
  readonly isNewUser: boolean;
}

const INSERT = new Prepared((manager, session: Session) =>
  manager.createQueryBuilder().insert().into(Session).values(session),
);

/** The live sessions of a user beside one, but the newest `keep`. */
const oldestBeyond = (keep: number) =>
  new Prepared((manager, where: { id: string; userId: string; now: number }) =>
    manager
      .createQueryBuilder(Session, 'session')
      .select('session.id', 'id')
      .where('session.userId = :userId AND session.revokedAt IS NULL AND session.expiresAt > :now', where)
      .andWhere('session.id <> :id', where)
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .offset(keep)
      .limit(1000),
  );

/** Opens the session of a login. */
@Injectable()
export class SessionOpener {
  private readonly oldest: ReturnType<typeof oldestBeyond>;
  /** Of a session that is not refreshed. */
  private readonly lifeMs: number;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly revocations: Revocations,
    private readonly events: AuthEvents,
  ) {
    this.oldest = oldestBeyond(config.MAX_SESSIONS_PER_USER - 1);
    this.lifeMs = Math.min(config.REFRESH_TOKEN_IDLE_TTL_SECONDS, config.SESSION_TTL_SECONDS) * 1000;
  }

  /**
   * Finds out who logs in and opens their session, in one write. It replaces the live session of the same identity and
   * device id, and ends the user's oldest ones beyond `MAX_SESSIONS_PER_USER`.
   * @param person who logs in, as WeChat names them: two logins of one person wait for each other, so that they do not
   * pass `MAX_SESSIONS_PER_USER` together. Where WeChat has two names for one user they may, by one, until the next login
   * @param identify finds or makes the owner; whatever it throws undoes all of it
   */
  async open<Owner extends SessionOwner>(
    person: string,
    identify: (manager: EntityManager) => Promise<Owner>,
    device: DeviceInfo,
  ): Promise<{ owner: Owner; session: TokenSubject }> {
    const { owner, session, ended } = await this.database.write(async (manager) => {
      const owner = await identify(manager);
      const session = this.newSession(owner, device);
      // A hot path: sent together, the statements of the two cost SQLite's thread half the wake-ups.
      const [ended] = await awaitAll([
        owner.isNewUser ? Promise.resolve<string[]>([]) : this.makeRoom(manager, session),
        INSERT.change(manager, session),
      ]);
      return { owner, session, ended };
    }, person);
    this.revocations.addSessions(ended);
    const { userId, appid } = owner;
    this.events.record({ kind: 'login', userId, sessionId: session.id, appid, client: device });
    return { owner, session: { ...session, lifeMs: this.lifeMs } };
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
      expiresAt: now + this.lifeMs,
      revokedAt: null,
      revokedReason: null,
      deviceId: device.id ?? null,
      device: device.name ?? oneLine(device.userAgent, 255),
      ip: maskIp(device.ip),
    };
  }

  /** @returns the ids of the sessions that had to end */
  private async makeRoom(manager: EntityManager, session: Session): Promise<string[]> {
    const replaced = session.deviceId === null ? [] : await replace(manager, session, session.deviceId);
    return [...replaced, ...(await this.endOldest(manager, session))];
  }

  private async endOldest(manager: EntityManager, { id, userId }: Session): Promise<string[]> {
    const rows = await this.oldest.rows<{ id: string }>(manager, {
      id,
      userId,
      now: this.database.clock.now(),
    });
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await revoke(manager, { id: In(ids) }, 'too_many_sessions');
    return ids;
  }
}

async function replace(
  manager: EntityManager,
  { id, userId, identityId }: Session,
  deviceId: string,
): Promise<string[]> {
  const sessions = await manager.find(Session, {
    select: { id: true },
    where: { id: Not(id), userId, identityId, deviceId, revokedAt: IsNull() },
  });
  const ids = sessions.map(({ id }) => id);
  if (ids.length > 0) await revoke(manager, { id: In(ids) }, 'replaced');
  return ids;
}

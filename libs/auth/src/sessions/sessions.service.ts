import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Config } from '@app/config';
import { insertRow } from '@app/database';
import { maskIp } from './mask-ip.js';
import { Session } from './session.entity.js';

/** The device a login comes from, as the client and the connection tell. */
export interface DeviceInfo {
  /** The client's own name for the device, at most 64 characters. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Address of the client; kept masked. */
  readonly ip?: string | undefined;
}

/** What a session needs to know of the login that opens it. */
export interface SessionOwner {
  readonly userId: string;
  readonly identityId: string;
  readonly appid: string;
}

/** The logins of users. */
@Injectable()
export class Sessions {
  constructor(private readonly config: Config) {}

  /**
   * Opens the session of a login. It replaces the live session of the same identity and device id, and ends the user's
   * oldest ones beyond `MAX_SESSIONS_PER_USER`.
   * @param manager of a {@link Database.write}
   */
  async open(manager: EntityManager, owner: SessionOwner, device: DeviceInfo): Promise<Session> {
    const now = Date.now();
    const { refreshTokenIdleTtlSeconds, sessionTtlSeconds, maxSessionsPerUser } = this.config;
    if (device.id !== undefined) await replaceSession(manager, owner, device.id, now);
    await endOldest(manager, owner.userId, maxSessionsPerUser - 1, now);
    const session: Session = {
      id: uuid(),
      userId: owner.userId,
      identityId: owner.identityId,
      appid: owner.appid,
      generation: 0,
      rotatedAt: now,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + Math.min(refreshTokenIdleTtlSeconds, sessionTtlSeconds) * 1000,
      revokedAt: null,
      revokedReason: null,
      deviceId: device.id ?? null,
      device: (device.name ?? device.userAgent)?.slice(0, 255) ?? null,
      ip: maskIp(device.ip),
    };
    await insertRow(manager, Session, session);
    return session;
  }
}

async function replaceSession(
  manager: EntityManager,
  { userId, identityId }: SessionOwner,
  deviceId: string,
  now: number,
): Promise<void> {
  await manager.update(
    Session,
    { userId, identityId, deviceId, revokedAt: IsNull() },
    { revokedAt: now, revokedReason: 'replaced' },
  );
}

/** Ends the live sessions of a user but the newest `keep`. */
async function endOldest(manager: EntityManager, userId: string, keep: number, now: number): Promise<void> {
  const tooMany = await manager
    .createQueryBuilder(Session, 'session')
    .select('session.id', 'id')
    .where('session.userId = :userId AND session.revokedAt IS NULL AND session.expiresAt > :now', {
      userId,
      now,
    })
    .orderBy('session.createdAt', 'DESC')
    .addOrderBy('session.id', 'DESC')
    .offset(keep)
    .limit(1000)
    .getRawMany<{ id: string }>();
  if (tooMany.length === 0) return;
  await manager.update(
    Session,
    { id: In(tooMany.map(({ id }) => id)) },
    { revokedAt: now, revokedReason: 'too_many_sessions' },
  );
}

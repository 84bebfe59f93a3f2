import { Injectable } from '@nestjs/common';
import { In, IsNull, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Config } from '@app/config';
import { Database, insertRow } from '@app/database';
import { Revocations } from '../revocation/revocations.service.js';
import { TokenIssuer } from '../tokens/token-issuer.service.js';
import type { TokenPair } from '../tokens/token-pair.dto.js';
import { maskIp } from './mask-ip.js';
import { revoke } from './revoke.js';
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

/** Whose session it is. */
export interface SessionOwner {
  readonly userId: string;
  readonly identityId: string;
  readonly appid: string;
}

/** Opens the session of a login. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly revocations: Revocations,
    private readonly issuer: TokenIssuer,
  ) {}

  /**
   * Finds out who logs in and opens their session, in one write. It replaces the live session of the same identity and
   * device id, and ends the user's oldest ones beyond `MAX_SESSIONS_PER_USER`.
   * @param identify finds or makes the owner; whatever it throws undoes all of it
   */
  async open<Owner extends SessionOwner>(
    identify: (manager: EntityManager) => Promise<Owner>,
    device: DeviceInfo,
  ): Promise<{ owner: Owner; tokens: TokenPair }> {
    const { owner, session, ended } = await this.database.write(async (manager) => {
      const owner = await identify(manager);
      const ended = await this.makeRoom(manager, owner, device.id);
      const session = this.newSession(owner, device);
      await insertRow(manager, Session, session);
      return { owner, session, ended };
    });
    this.revocations.addSessions(ended);
    return { owner, tokens: this.issuer.issue(session) };
  }

  private newSession(owner: SessionOwner, device: DeviceInfo): Session {
    const now = Date.now();
    const { refreshTokenIdleTtlSeconds, sessionTtlSeconds } = this.config;
    return {
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
  }

  /** @returns the ids of the sessions that had to end */
  private async makeRoom(manager: EntityManager, owner: SessionOwner, deviceId?: string): Promise<string[]> {
    const replaced = deviceId === undefined ? [] : await replaceOf(manager, owner, deviceId);
    return [...replaced, ...(await this.endOldest(manager, owner.userId))];
  }

  private async endOldest(manager: EntityManager, userId: string): Promise<string[]> {
    const rows = await manager
      .createQueryBuilder(Session, 'session')
      .select('session.id', 'id')
      .where('session.userId = :userId AND session.revokedAt IS NULL AND session.expiresAt > :now', {
        userId,
        now: Date.now(),
      })
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .offset(this.config.maxSessionsPerUser - 1)
      .limit(1000)
      .getRawMany<{ id: string }>();
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await revoke(manager, { id: In(ids) }, 'too_many_sessions');
    return ids;
  }
}

async function replaceOf(
  manager: EntityManager,
  { userId, identityId }: SessionOwner,
  deviceId: string,
): Promise<string[]> {
  const sessions = await manager.find(Session, {
    select: { id: true },
    where: { userId, identityId, deviceId, revokedAt: IsNull() },
  });
  const ids = sessions.map(({ id }) => id);
  if (ids.length > 0) await revoke(manager, { id: In(ids) }, 'replaced');
  return ids;
}

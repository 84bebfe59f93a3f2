import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Sealer } from '@app/crypto';
import { insertRow } from '@app/database';
import { Problem } from '@app/problem';
import { User } from './user.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';

/** What the exchange of a login code told about a person. */
export interface WeixinExchange {
  /** The mini-program the person logged in through. */
  readonly appid: string;
  /** The person's id in this one mini-program: `[A-Za-z0-9_-]`, 28 characters as a rule, case-sensitive. */
  readonly openid: string;
  /** The person's id within the Open Platform account the mini-program is bound to, if it is bound to one. */
  readonly unionid?: string;
  /** base64 of 16 bytes; stored sealed, never handed out. */
  readonly sessionKey: string;
  /** When the exchange began, epoch milliseconds. */
  readonly startedAt: number;
}

/** The identity that logged in, and the user behind it. */
export interface SignedInIdentity {
  readonly appid: string;
  readonly identityId: string;
  readonly userId: string;
  /** True in exactly one login of a user: the one that made it. */
  readonly isNewUser: boolean;
}

/** Finds people by what WeChat says of them. */
@Injectable()
export class WeixinIdentities {
  constructor(private readonly sealer: Sealer) {}

  /**
   * Finds the user of (appid, openid), or makes one, and keeps the session_key.
   * @param manager of a {@link Database.write}, which makes find-or-create one step
   * @throws {Problem} `user_disabled`
   */
  async signIn(manager: EntityManager, exchange: WeixinExchange): Promise<SignedInIdentity> {
    const known = await manager
      .createQueryBuilder(WeixinIdentity, 'identity')
      .innerJoin(User, 'user', 'user.id = identity.userId')
      .select(['identity.id AS id', 'identity.userId AS user_id', 'user.disabledAt AS disabled_at'])
      .where('identity.appid = :appid AND identity.openid = :openid', {
        appid: exchange.appid,
        openid: exchange.openid,
      })
      .getRawOne<{ id: string; user_id: string; disabled_at: number | null }>();
    if (known && known.disabled_at !== null) throw new Problem('user_disabled');
    if (!known) return this.create(manager, exchange);
    await this.update(manager, known.id, exchange);
    return { appid: exchange.appid, identityId: known.id, userId: known.user_id, isNewUser: false };
  }

  private async create(manager: EntityManager, exchange: WeixinExchange): Promise<SignedInIdentity> {
    const now = Date.now();
    const userId = uuid();
    const identityId = uuid();
    await insertRow(manager, User, {
      id: userId,
      createdAt: now,
      nickname: null,
      avatarUrl: null,
      disabledAt: null,
    });
    await insertRow(manager, WeixinIdentity, {
      id: identityId,
      appid: exchange.appid,
      openid: exchange.openid,
      userId,
      unionid: exchange.unionid ?? null,
      sessionKey: this.seal(identityId, exchange.sessionKey),
      sessionKeyAt: exchange.startedAt,
      createdAt: now,
    });
    return { appid: exchange.appid, identityId, userId, isNewUser: true };
  }

  /** Answers overtake each other: only an exchange that began later may replace the session_key. */
  private async update(manager: EntityManager, identityId: string, exchange: WeixinExchange): Promise<void> {
    await manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({
        sessionKey: this.seal(identityId, exchange.sessionKey),
        sessionKeyAt: exchange.startedAt,
        ...(exchange.unionid !== undefined && { unionid: exchange.unionid }),
      })
      .where('id = :identityId AND session_key_at < :startedAt', {
        identityId,
        startedAt: exchange.startedAt,
      })
      .updateEntity(false)
      .execute();
  }

  private seal(identityId: string, sessionKey: string): string {
    return this.sealer.seal(sessionKey, {
      table: 'weixin_identities',
      column: 'session_key',
      primaryKey: identityId,
    });
  }
}

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { SealerService } from '@app/crypto';
import { awaitAll, Database, newId } from '@app/database';
import { OutboxService } from '@app/outbox';
import { Problem } from '@app/problem';
import { updateInBatches } from './update-in-batches.js';
import { sessionKeyColumn } from './session-key-column.js';
import { User } from './user.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import {
  FIND_IDENTITY,
  INSERT_IDENTITY,
  INSERT_USER,
  type KnownIdentity,
  STORE_SESSION_KEY,
  STORE_SESSION_KEY_AND_UNIONID,
  STORE_UNIONID,
} from './weixin-identity-statements.js';
import { pendingDeletion, type PendingDeletion } from './owner-state.js';
import { claimUnion } from './weixin-unions.js';

/** What WeChat reported about a person, usually in the exchange of a login code. */
export interface WeixinExchange {
  /** The mini-program of the login. */
  readonly appid: string;
  /** The person's id in this one mini-program: `[A-Za-z0-9_-]`, usually 28 characters, case-sensitive. */
  readonly openid: string;
  /** The person's id within the Open Platform account of the mini-program, if it is bound to one. */
  readonly unionid?: string;
  /** base64 of 16 bytes. Stored sealed, never returned. Undefined if the gateway of WeChat identified the person. */
  readonly sessionKey?: string;
  /** When the exchange began, epoch milliseconds. */
  readonly startedAt: number;
}

/** Returns the lock key of the logins of a person: the unionid, the same in all mini-programs, else appid and openid. */
export const loginLockKey = ({ appid, openid, unionid }: WeixinExchange): string =>
  unionid ?? `${appid} ${openid}`;

/** The identity that logged in, and the user behind it. */
export interface SignedInIdentity {
  readonly appid: string;
  readonly identityId: string;
  readonly userId: string;
  /** True in exactly one login of a user: the one that created it. */
  readonly isNewUser: boolean;
  /** JSON text of the user's custom claims; null: none. */
  readonly customClaims: string | null;
  /** The deletion that is pending; undefined: none. */
  readonly deletion?: PendingDeletion | undefined;
  /** Another user who is the same person, in the one login whose unionid showed it. Neither user is changed. */
  readonly otherUserId?: string | undefined;
}

/** Finds and creates users by what WeChat reports about them. */
@Injectable()
export class WeixinIdentitiesService {
  constructor(
    @InjectRepository(WeixinIdentity) private readonly identities: Repository<WeixinIdentity>,
    private readonly sealer: SealerService,
    private readonly database: Database,
    private readonly outbox: OutboxService,
  ) {}

  /** Returns an identity, or null if none has the id. */
  find(id: string): Promise<WeixinIdentity | null> {
    return this.identities.findOneBy({ id });
  }

  /** Returns whether the person has logged in through this mini-program before. */
  isKnown(appid: string, openid: string): Promise<boolean> {
    return this.identities.existsBy({ appid, openid });
  }

  /** Returns the identities of a user, the oldest first. */
  ofUser(userId: string): Promise<WeixinIdentity[]> {
    return this.identities.find({ where: { userId }, order: { id: 'ASC' } });
  }

  /**
   * Finds the user of (appid, openid), else the user who has the unionid, else creates one. Stores session_key and unionid.
   * @param manager of a {@link Database.write}, which makes find-or-create one step
   * @throws {Problem} `user_disabled`
   */
  async signIn(manager: EntityManager, exchange: WeixinExchange): Promise<SignedInIdentity> {
    const { appid, openid } = exchange;
    const [known] = await FIND_IDENTITY.rows<KnownIdentity>(manager, { appid, openid });
    if (!known) return this.create(manager, exchange);
    if (known.disabled_at !== null) throw new Problem('user_disabled', { userId: known.user_id });
    const otherUserId = await this.update(manager, known, exchange);
    const { id: identityId, user_id: userId, custom_claims: customClaims } = known;
    const deletion = pendingDeletion(known);
    return { appid, identityId, userId, isNewUser: false, customClaims, deletion, otherUserId };
  }

  /**
   * Proves by a fresh exchange that the caller is the person behind a user. Stores session_key and unionid, as a login does.
   * @param manager of a {@link Database.write} that has locked the row of the user
   * @throws {Problem} `login_code_foreign` if the exchange is of another person
   */
  async confirm(manager: EntityManager, userId: string, exchange: WeixinExchange): Promise<void> {
    const { appid, openid } = exchange;
    const [known] = await FIND_IDENTITY.rows<KnownIdentity>(manager, { appid, openid });
    if (known?.user_id !== userId) throw new Problem('login_code_foreign');
    await this.update(manager, known, exchange);
  }

  private async create(manager: EntityManager, exchange: WeixinExchange): Promise<SignedInIdentity> {
    const { appid, openid, unionid = null, startedAt } = exchange;
    const now = Date.now();
    const newUserId = newId();
    const owner = unionid === null ? undefined : await claimUnion(manager, { unionid, userId: newUserId });
    if (owner && owner.disabled_at !== null) throw new Problem('user_disabled', { userId: owner.user_id });
    const userId = owner?.user_id ?? newUserId;
    const id = newId();
    const identity: WeixinIdentity = {
      id,
      appid,
      openid,
      userId,
      unionid,
      sessionKey: exchange.sessionKey === undefined ? null : this.seal(id, exchange.sessionKey),
      sessionKeyAt: exchange.sessionKey === undefined ? 0 : startedAt,
      createdAt: now,
    };
    const inserts: Promise<unknown>[] = [INSERT_IDENTITY.change(manager, identity)];
    if (!owner) {
      inserts.push(INSERT_USER.change(manager, newUser(userId, now)));
      inserts.push(this.outbox.append(manager, { kind: 'user.created', data: { user_id: userId, appid } }));
    }
    await awaitAll(inserts);
    const customClaims = owner?.custom_claims ?? null;
    const deletion = owner && pendingDeletion(owner);
    return { appid, identityId: id, userId, isNewUser: !owner, customClaims, deletion };
  }

  /** @returns another user who has the unionid, if this exchange is the first of the identity with a unionid */
  private async update(
    manager: EntityManager,
    known: KnownIdentity,
    exchange: WeixinExchange,
  ): Promise<string | undefined> {
    const unionid = exchange.unionid === known.unionid ? undefined : exchange.unionid;
    const isLatest = await this.storeExchange(manager, known.id, exchange, unionid);
    if (!isLatest || unionid === undefined) return undefined;
    const owner = await claimUnion(manager, { unionid, userId: known.user_id });
    return owner?.user_id === known.user_id ? undefined : owner?.user_id;
  }

  /**
   * Stores the session_key, and the unionid if it is new.
   * @returns false if an exchange that began later is stored already; nothing is changed then
   */
  private async storeExchange(
    manager: EntityManager,
    identityId: string,
    { startedAt, sessionKey: opened }: WeixinExchange,
    unionid: string | undefined,
  ): Promise<boolean> {
    const where = { identityId, startedAt };
    if (opened === undefined) {
      return unionid !== undefined && (await STORE_UNIONID.change(manager, { ...where, unionid })) === 1;
    }
    const change = { ...where, sessionKey: this.seal(identityId, opened) };
    if (unionid === undefined) return (await STORE_SESSION_KEY.change(manager, change)) === 1;
    return (await STORE_SESSION_KEY_AND_UNIONID.change(manager, { ...change, unionid })) === 1;
  }

  /** Seals again, in batches, what a fallback of `SECRET_KEY` sealed. @returns the number of rows */
  reseal(): Promise<number> {
    return updateInBatches<WeixinIdentity>(this.database, {
      page: (manager, after, take) =>
        manager.find(WeixinIdentity, {
          select: { id: true, sessionKey: true },
          where: { id: MoreThan(after) },
          order: { id: 'ASC' },
          take,
        }),
      keyOf: ({ id }) => id,
      change: async (manager, { id, sessionKey }) => {
        if (sessionKey === null || this.sealer.isCurrent(sessionKey)) return false;
        const resealed = this.sealer.reseal(sessionKey, sessionKeyColumn(id));
        // The condition leaves the newer session_key of a login that came in between.
        await manager.update(WeixinIdentity, { id, sessionKey }, { sessionKey: resealed });
        return true;
      },
    });
  }

  private seal(identityId: string, sessionKey: string): string {
    return this.sealer.seal(sessionKey, sessionKeyColumn(identityId));
  }
}

const newUser = (id: string, createdAt: number): User => ({
  id,
  createdAt,
  nickname: null,
  avatarUrl: null,
  disabledAt: null,
  disabledUntil: null,
  mergedInto: null,
  customClaims: null,
  deletesAt: null,
  deletionBy: null,
});

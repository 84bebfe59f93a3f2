import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, type EntityManager, type Repository } from 'typeorm';
import { SealerService } from '@app/crypto';
import { Database, forUpdate, newId, Prepared, awaitAll } from '@app/database';
import { Problem } from '@app/problem';
import { changeAll } from './change-all.js';
import { sessionKeyPlace } from './session-key-place.js';
import { User } from './user.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import { claimUnion } from './weixin-unions.js';

/** What WeChat told about a person, by the exchange of a login code as a rule. */
export interface WeixinExchange {
  /** The mini-program the person logged in through. */
  readonly appid: string;
  /** The person's id in this one mini-program: `[A-Za-z0-9_-]`, 28 characters as a rule, case-sensitive. */
  readonly openid: string;
  /** The person's id within the Open Platform account the mini-program is bound to, if it is bound to one. */
  readonly unionid?: string;
  /** base64 of 16 bytes; stored sealed, never handed out. Undefined where WeChat's gateway vouches for the person. */
  readonly sessionKey?: string;
  /** When the exchange began, epoch milliseconds. */
  readonly startedAt: number;
}

/** Returns the name of the person at WeChat: the unionid, the same in all mini-programs, else appid and openid. */
export const personOf = ({ appid, openid, unionid }: WeixinExchange): string =>
  unionid ?? `${appid} ${openid}`;

/** The identity that logged in, and the user behind it. */
export interface SignedInIdentity {
  readonly appid: string;
  readonly identityId: string;
  readonly userId: string;
  /** True in exactly one login of a user: the one that made it. */
  readonly isNewUser: boolean;
  /** Another user who is the same person, in the one login whose unionid showed it. Both stay as they are. */
  readonly otherUserId?: string | undefined;
}

interface ExchangedKey {
  identityId: string;
  startedAt: number;
  sessionKey: string;
}

interface KnownIdentity {
  id: string;
  user_id: string;
  unionid: string | null;
  disabled_at: number | string | null;
}

/** Locked, so that logins of one user wait for each other on every instance: they count that user's sessions. */
const FIND = new Prepared((manager, where: { appid: string; openid: string }) =>
  forUpdate(
    manager
      .createQueryBuilder(WeixinIdentity, 'identity')
      .innerJoin(User, 'user', 'user.id = identity.userId')
      .select([
        'identity.id AS id',
        'identity.userId AS user_id',
        'identity.unionid AS unionid',
        'user.disabledAt AS disabled_at',
      ])
      .where('identity.appid = :appid AND identity.openid = :openid', where),
  ),
);

const INSERT_USER = new Prepared((manager, user: User) =>
  manager.createQueryBuilder().insert().into(User).values(user),
);

const INSERT_IDENTITY = new Prepared((manager, identity: WeixinIdentity) =>
  manager.createQueryBuilder().insert().into(WeixinIdentity).values(identity),
);

/** Answers overtake each other: only an exchange that began later may replace the session_key. */
const KEEP_KEY = new Prepared(
  (manager, { sessionKey, ...where }: ExchangedKey) =>
    manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({ sessionKey, sessionKeyAt: where.startedAt })
      .where('id = :identityId AND session_key_at < :startedAt', where),
  'identityId',
);

const KEEP_KEY_AND_UNIONID = new Prepared(
  (manager, { sessionKey, unionid, ...where }: ExchangedKey & { unionid: string }) =>
    manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({ sessionKey, sessionKeyAt: where.startedAt, unionid })
      .where('id = :identityId AND session_key_at < :startedAt', where),
  'identityId',
);

/** WeChat's gateway tells no session_key. */
const KEEP_UNIONID = new Prepared(
  (manager, { unionid, ...where }: Omit<ExchangedKey, 'sessionKey'> & { unionid: string }) =>
    manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({ unionid })
      .where('id = :identityId AND session_key_at < :startedAt', where),
  'identityId',
);

/** Finds people by what WeChat says of them. */
@Injectable()
export class WeixinIdentities {
  constructor(
    @InjectRepository(WeixinIdentity) private readonly identities: Repository<WeixinIdentity>,
    private readonly sealer: SealerService,
    private readonly database: Database,
  ) {}

  /** @returns null for an id that no identity has */
  find(id: string): Promise<WeixinIdentity | null> {
    return this.identities.findOneBy({ id });
  }

  /** Whether a person has logged in through this mini-program before. */
  isKnown(appid: string, openid: string): Promise<boolean> {
    return this.identities.existsBy({ appid, openid });
  }

  /** The identities of a user, the oldest first. */
  ofUser(userId: string): Promise<WeixinIdentity[]> {
    return this.identities.find({ where: { userId }, order: { id: 'ASC' } });
  }

  /**
   * Finds the user of (appid, openid), else the user who has the unionid, else makes one; keeps session_key and unionid.
   * @param manager of a {@link Database.write}, which makes find-or-create one step
   * @throws {Problem} `user_disabled`
   */
  async signIn(manager: EntityManager, exchange: WeixinExchange): Promise<SignedInIdentity> {
    const { appid, openid } = exchange;
    const [known] = await FIND.rows<KnownIdentity>(manager, { appid, openid });
    if (!known) return this.create(manager, exchange);
    if (known.disabled_at !== null) throw new Problem('user_disabled', { userId: known.user_id });
    const otherUserId = await this.update(manager, known, exchange);
    return { appid, identityId: known.id, userId: known.user_id, isNewUser: false, otherUserId };
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
    const inserts = [INSERT_IDENTITY.change(manager, identity)];
    if (!owner) inserts.push(INSERT_USER.change(manager, newUser(userId, now)));
    await awaitAll(inserts);
    return { appid, identityId: id, userId, isNewUser: !owner };
  }

  /** @returns another user who has the unionid that this exchange is the first to tell */
  private async update(
    manager: EntityManager,
    known: KnownIdentity,
    exchange: WeixinExchange,
  ): Promise<string | undefined> {
    const unionid = exchange.unionid === known.unionid ? undefined : exchange.unionid;
    const isLatest = await this.keep(manager, known.id, exchange, unionid);
    if (!isLatest || unionid === undefined) return undefined;
    const owner = await claimUnion(manager, { unionid, userId: known.user_id });
    return owner?.user_id === known.user_id ? undefined : owner?.user_id;
  }

  /**
   * Keeps the session_key, and the unionid where it is new.
   * @returns false where an exchange that began later came before, and nothing is changed
   */
  private async keep(
    manager: EntityManager,
    identityId: string,
    { startedAt, sessionKey: opened }: WeixinExchange,
    unionid: string | undefined,
  ): Promise<boolean> {
    const where = { identityId, startedAt };
    if (opened === undefined) {
      return unionid !== undefined && (await KEEP_UNIONID.change(manager, { ...where, unionid })) === 1;
    }
    const change = { ...where, sessionKey: this.seal(identityId, opened) };
    if (unionid === undefined) return (await KEEP_KEY.change(manager, change)) === 1;
    return (await KEEP_KEY_AND_UNIONID.change(manager, { ...change, unionid })) === 1;
  }

  /** Seals anew, a batch at a time, what a fallback of `SECRET_KEY` sealed. @returns how many */
  reseal(): Promise<number> {
    return changeAll<WeixinIdentity>(this.database, {
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
        const resealed = this.sealer.reseal(sessionKey, sessionKeyPlace(id));
        // Not over the newer one of a login that came between.
        await manager.update(WeixinIdentity, { id, sessionKey }, { sessionKey: resealed });
        return true;
      },
    });
  }

  private seal(identityId: string, sessionKey: string): string {
    return this.sealer.seal(sessionKey, sessionKeyPlace(identityId));
  }
}

const newUser = (id: string, createdAt: number): User => ({
  id,
  createdAt,
  nickname: null,
  avatarUrl: null,
  disabledAt: null,
  mergedInto: null,
});

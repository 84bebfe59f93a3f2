import { forUpdate, Prepared } from '@app/database';
import { ownerState, type OwnerState } from './owner-state.js';
import { User } from './user.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';

/** What an exchange stores of an identity, if no later one has. */
export interface ExchangedKey {
  identityId: string;
  startedAt: number;
  sessionKey: string;
}

/** An identity that has logged in before, and the state of its user. */
export interface KnownIdentity extends OwnerState {
  id: string;
  unionid: string | null;
}

/** Locked, so that logins of one user run one after the other on all instances: they count the user's sessions. */
export const FIND_IDENTITY = new Prepared((manager, where: { appid: string; openid: string }) =>
  forUpdate(
    manager
      .createQueryBuilder(WeixinIdentity, 'identity')
      .innerJoin(User, 'user', 'user.id = identity.userId')
      .select([
        'identity.id AS id',
        'identity.userId AS user_id',
        'identity.unionid AS unionid',
        ...ownerState(manager),
      ])
      .where('identity.appid = :appid AND identity.openid = :openid', where),
  ),
);

/** Creates a user. */
export const INSERT_USER = new Prepared((manager, user: User) =>
  manager.createQueryBuilder().insert().into(User).values(user),
);

/** Creates an identity. */
export const INSERT_IDENTITY = new Prepared((manager, identity: WeixinIdentity) =>
  manager.createQueryBuilder().insert().into(WeixinIdentity).values(identity),
);

/** Answers may arrive in another sequence: only an exchange that began later may replace the session_key. */
export const STORE_SESSION_KEY = new Prepared((manager, { sessionKey, ...where }: ExchangedKey) =>
  manager
    .createQueryBuilder()
    .update(WeixinIdentity)
    .set({ sessionKey, sessionKeyAt: where.startedAt })
    .where('id = :identityId AND session_key_at < :startedAt', where),
);

/** The same, with the unionid that the exchange showed. */
export const STORE_SESSION_KEY_AND_UNIONID = new Prepared(
  (manager, { sessionKey, unionid, ...where }: ExchangedKey & { unionid: string }) =>
    manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({ sessionKey, sessionKeyAt: where.startedAt, unionid })
      .where('id = :identityId AND session_key_at < :startedAt', where),
);

/** The gateway of WeChat sends no session_key. */
export const STORE_UNIONID = new Prepared(
  (manager, { unionid, ...where }: Omit<ExchangedKey, 'sessionKey'> & { unionid: string }) =>
    manager
      .createQueryBuilder()
      .update(WeixinIdentity)
      .set({ unionid })
      .where('id = :identityId AND session_key_at < :startedAt', where),
);

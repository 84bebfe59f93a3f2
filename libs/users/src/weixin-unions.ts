import type { EntityManager } from 'typeorm';
import { lockRows, Prepared } from '@app/database';
import { User } from './user.entity.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** The user who has a unionid. */
export interface UnionOwner {
  readonly user_id: string;
  readonly disabled_at: number | string | null;
}

/** Of any number of claims at once one inserts a row; the others find it there. No duplicate key, so nothing is undone. */
const CLAIM = new Prepared((manager, union: WeixinUnion) =>
  manager.createQueryBuilder().insert().into(WeixinUnion).values(union).orIgnore(),
);

/** The user's own row may be yet to come: whoever claims inserts it afterwards. */
const OWNER = new Prepared((manager, where: { unionid: string }) =>
  manager
    .createQueryBuilder(WeixinUnion, 'union')
    .leftJoin(User, 'user', 'user.id = union.userId')
    .select(['union.userId AS user_id', 'user.disabledAt AS disabled_at'])
    .where('union.unionid = :unionid', where),
);

/**
 * Gives a unionid to a user, unless somebody has it already.
 * @param manager of a {@link Database.write}
 * @returns who has it already, maybe the same user; undefined where the claim was good
 */
export async function claimUnion(
  manager: EntityManager,
  union: WeixinUnion,
): Promise<UnionOwner | undefined> {
  if ((await CLAIM.change(manager, union)) === 1) return undefined;
  const { unionid } = union;
  await lockRows(manager, WeixinUnion, { unionid });
  const [owner] = await OWNER.rows<UnionOwner>(manager, { unionid });
  if (!owner) throw new Error('a unionid was given back while somebody asked for it');
  // A merge of this user waits, or has ended.
  await lockRows(manager, User, { id: owner.user_id });
  return owner;
}

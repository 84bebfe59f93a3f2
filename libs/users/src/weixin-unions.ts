import type { EntityManager } from 'typeorm';
import { lockRows, Prepared } from '@app/database';
import { ownerState, type OwnerState } from './owner-state.js';
import { User } from './user.entity.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** Of concurrent claims one inserts the row and the others find it. There is no duplicate key error, so no transaction is undone. */
const CLAIM = new Prepared((manager, union: WeixinUnion) =>
  manager.createQueryBuilder().insert().into(WeixinUnion).values(union).orIgnore(),
);

/** The row of the user may not exist yet: the claimant inserts it afterwards. */
const OWNER = new Prepared((manager, where: { unionid: string }) =>
  manager
    .createQueryBuilder(WeixinUnion, 'union')
    .leftJoin(User, 'user', 'user.id = union.userId')
    .select(['union.userId AS user_id', ...ownerState(manager)])
    .where('union.unionid = :unionid', where),
);

/**
 * Gives a unionid to a user, unless a user has it already.
 * @param manager of a {@link Database.write}
 * @returns the user who has it already, who may be the same user; undefined if the claim succeeded
 */
export async function claimUnion(
  manager: EntityManager,
  union: WeixinUnion,
): Promise<OwnerState | undefined> {
  if ((await CLAIM.change(manager, union)) === 1) return undefined;
  const { unionid } = union;
  await lockRows(manager, WeixinUnion, { unionid });
  const [owner] = await OWNER.rows<OwnerState>(manager, { unionid });
  // An erasure has deleted the row in between.
  if (!owner) return claimUnion(manager, union);
  // A merge of this user then waits, or has ended.
  await lockRows(manager, User, { id: owner.user_id });
  return owner;
}

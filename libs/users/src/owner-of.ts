import type { EntityManager } from 'typeorm';
import { forUpdate } from '@app/database';
import { User } from './user.entity.js';
import { WeixinIdentity } from './weixin-identity.entity.js';

/**
 * Returns the user who has an identity, and locks the row; null if there is none.
 * @param manager of a {@link Database.write}
 */
export function ownerOf(
  manager: EntityManager,
  { appid, openid }: Pick<WeixinIdentity, 'appid' | 'openid'>,
): Promise<User | null> {
  const query = manager
    .createQueryBuilder(User, 'user')
    .innerJoin(WeixinIdentity, 'identity', 'identity.userId = user.id')
    .where('identity.appid = :appid AND identity.openid = :openid', { appid, openid });
  return forUpdate(query).getOne();
}

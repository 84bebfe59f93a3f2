import type { SelectQueryBuilder } from 'typeorm';
import type { User } from '../user.entity.js';
import { WeixinIdentity } from '../weixin-identity.entity.js';

/** Restricts a query of the alias `user` to those with an identity in one of some mini-programs. */
export const visibleIn = (
  appids: readonly string[],
  query: SelectQueryBuilder<User>,
): SelectQueryBuilder<User> =>
  query.andWhere(
    (inner) =>
      `EXISTS ${inner
        .subQuery()
        .select('1')
        .from(WeixinIdentity, 'identity')
        .where('identity.userId = user.id AND identity.appid IN (:...appids)')
        .getQuery()}`,
    { appids },
  );

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SealerService } from '@app/crypto';
import { forUpdate, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { mergePhones } from './phone-numbers/user-phone-merge.js';
import { User } from './user.entity.js';
import { WeixinIdentities, type WeixinExchange } from './weixin-identities.service.js';
import { WeixinIdentity } from './weixin-identity.entity.js';
import { WeixinUnion } from './weixin-union.entity.js';

/** What a merge has found. */
export interface MergedUsers {
  /** The user who is no more. */
  readonly mergedUserId: string;
  /** A third user who is the same person, if the proof was the first to show it; stays as it is. */
  readonly otherUserId: string | undefined;
}

/** Makes one user of two who are one person. Everything here is part of one {@link Database.write} without a lock key. */
@Injectable()
export class UserMerge {
  constructor(
    private readonly sealer: SealerService,
    private readonly identities: WeixinIdentities,
  ) {}

  /**
   * Moves what another user has to `userId`: identities, unionids, and the phone, nickname and avatar that `userId` lacks.
   * The other user's row stays and says where it went; users merged into it before still say so.
   * @param proof a fresh exchange of an identity of the other user; without one, a unionid that both users have is the
   * proof, and of several such users the oldest is merged
   * @throws {Problem} `token_revoked` when `userId` itself was merged meanwhile, `user_disabled` for either,
   * `merge_target_missing`
   */
  async merge(
    manager: EntityManager,
    userId: string,
    proof: WeixinExchange | undefined,
  ): Promise<MergedUsers> {
    const user = await manager.findOne(User, { where: { id: userId }, ...rowLock(manager) });
    if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
    const other = await (proof ? ownerOf(manager, proof) : sharerOfUnionid(manager, userId));
    if (!other || other.id === userId) throw new Problem('merge_target_missing');
    if (user.disabledAt !== null || other.disabledAt !== null) throw new Problem('user_disabled');
    await manager.update(WeixinIdentity, { userId: other.id }, { userId });
    await manager.update(WeixinUnion, { userId: other.id }, { userId });
    await mergePhones(manager, this.sealer, other.id, userId);
    const nickname = user.nickname ?? other.nickname;
    const avatarUrl = user.avatarUrl ?? other.avatarUrl;
    await manager.update(User, { id: userId }, { nickname, avatarUrl });
    await manager.update(User, { id: other.id }, { mergedInto: userId });
    // By now this is a login of the user's own identity: it keeps session_key and unionid.
    const signedIn = proof && (await this.identities.signIn(manager, proof));
    return { mergedUserId: other.id, otherUserId: signedIn?.otherUserId };
  }
}

function ownerOf(manager: EntityManager, { appid, openid }: WeixinExchange): Promise<User | null> {
  const query = manager
    .createQueryBuilder(User, 'user')
    .innerJoin(WeixinIdentity, 'identity', 'identity.userId = user.id')
    .where('identity.appid = :appid AND identity.openid = :openid', { appid, openid });
  return forUpdate(query).getOne();
}

function sharerOfUnionid(manager: EntityManager, userId: string): Promise<User | null> {
  const query = manager
    .createQueryBuilder(User, 'user')
    .innerJoin(WeixinIdentity, 'theirs', 'theirs.userId = user.id AND theirs.userId <> :userId', { userId })
    .innerJoin(WeixinIdentity, 'mine', 'mine.unionid = theirs.unionid AND mine.userId = :userId', { userId })
    .orderBy('user.createdAt')
    // Of those who came in the same millisecond: ids grow.
    .addOrderBy('user.id')
    .limit(1);
  return forUpdate(query).getOne();
}

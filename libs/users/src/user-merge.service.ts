import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, forUpdate, rowLock } from '@app/database';
import { OutboxService } from '@app/outbox';
import { type CommitEffects, PersonalDataService } from '@app/personal-data';
import { Problem } from '@app/problem';
import { ownerOf } from './owner-of.js';
import { disabledSince } from './disabled.js';
import { User } from './user.entity.js';
import { WeixinIdentitiesService, type WeixinExchange } from './weixin-identities.service.js';
import { WeixinIdentity } from './weixin-identity.entity.js';

/** Which users are merged. */
export interface MergeInput {
  /** The user who remains. */
  readonly userId: string;
  /** Whose row remains in a table with one row per user: that of `userId`, or that of the other user. */
  readonly keep: 'mine' | 'other';
  /**
   * A fresh exchange of an identity of the other user. Without it, a unionid that both users have is the proof, and of
   * several such users the oldest is merged.
   */
  readonly proof: WeixinExchange | undefined;
}

/** The users that a merge has found. */
export interface MergeResult {
  /** The user who was merged into the other. */
  readonly mergedUserId: string;
  /** A third user who is the same person, if the proof was the first to show it. That user is not changed. */
  readonly otherUserId: string | undefined;
}

/** Merges two users who are one person. */
@Injectable()
export class UserMergeService {
  constructor(
    private readonly personalData: PersonalDataService,
    private readonly identities: WeixinIdentitiesService,
    private readonly outbox: OutboxService,
    private readonly database: Database,
  ) {}

  /**
   * Moves everything stored of another user to `userId`. The row of the other user stays and names the user it was merged
   * into, and so do the rows of users merged into it before.
   * @param manager of a {@link Database.write} without a lock key
   * @throws {Problem} `token_revoked` if `userId` itself was merged meanwhile, `user_disabled` and `deletion_pending` for either
   * user, `merge_target_missing`
   */
  async merge(
    manager: EntityManager,
    { userId, keep, proof }: MergeInput,
    effects: CommitEffects,
  ): Promise<MergeResult> {
    const user = await manager.findOne(User, { where: { id: userId }, ...rowLock(manager) });
    if (!user || user.mergedInto !== null) throw new Problem('token_revoked');
    const other = await (proof ? ownerOf(manager, proof) : sharerOfUnionid(manager, userId));
    if (!other || other.id === userId) throw new Problem('merge_target_missing');
    const now = this.database.clock.now();
    if ([user, other].some((one) => disabledSince(one, now) !== null)) throw new Problem('user_disabled');
    // The data of the one would be erased with the other.
    if (user.deletesAt !== null || other.deletesAt !== null) throw new Problem('deletion_pending');
    const keptUserId = keep === 'mine' ? userId : other.id;
    const users = { fromUserId: other.id, intoUserId: userId, keptUserId };
    await this.personalData.merge(manager, users, effects);
    // The identity belongs to `userId` now, so this stores its session_key and unionid as a login does.
    const signedIn = proof && (await this.identities.signIn(manager, proof));
    const data = { user_id: userId, merged_user_id: other.id };
    await this.outbox.append(manager, { kind: 'user.merged', data });
    return { mergedUserId: other.id, otherUserId: signedIn?.otherUserId };
  }
}

function sharerOfUnionid(manager: EntityManager, userId: string): Promise<User | null> {
  const query = manager
    .createQueryBuilder(User, 'user')
    .innerJoin(WeixinIdentity, 'theirs', 'theirs.userId = user.id AND theirs.userId <> :userId', { userId })
    .innerJoin(WeixinIdentity, 'mine', 'mine.unionid = theirs.unionid AND mine.userId = :userId', { userId })
    .orderBy('user.createdAt')
    // Ids grow, so this orders users of the same millisecond.
    .addOrderBy('user.id')
    .limit(1);
  return forUpdate(query).getOne();
}

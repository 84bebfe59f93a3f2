import { type EntityManager, In } from 'typeorm';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { parseCustomClaims } from './custom-claims/custom-claims.js';
import { UNTIL_WITHDRAWAL } from './until-withdrawal.js';
import { User } from './user.entity.js';

@PersonalDataOf(User)
export class UserPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'created_at'],
      purpose: { en: 'identifies the user in tokens and in all tables', zh: '在令牌和各数据表中标识用户' },
    },
    {
      columns: ['nickname', 'avatar_url'],
      purpose: { en: 'the profile that the user has entered', zh: '用户填写的资料' },
      until: UNTIL_WITHDRAWAL,
    },
    {
      columns: ['disabled_at', 'disabled_until'],
      purpose: { en: 'refuses a user whom an operator has disabled', zh: '拒绝被运维人员停用的用户' },
    },
    {
      columns: ['merged_into'],
      purpose: { en: 'the user into whom this one was merged', zh: '本用户被合并到的用户' },
    },
    {
      columns: ['custom_claims'],
      purpose: {
        en: 'rights that the operator has set, for access tokens',
        zh: '运维人员设置的权限，写入 access 令牌',
      },
    },
    {
      columns: ['deletes_at', 'deletion_by'],
      purpose: {
        en: 'the end of the cooling-off, and who requested the deletion',
        zh: '冷静期结束时间，以及注销的发起方',
      },
    },
  ];

  /**
   * The user who remains takes over the nickname and avatar that are missing, and keeps the own custom claims: those of the
   * other user are no right of this one. The row of the other names this user.
   */
  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    const from = await manager.findOneByOrFail(User, { id: fromUserId });
    const into = await manager.findOneByOrFail(User, { id: intoUserId });
    const nickname = into.nickname ?? from.nickname;
    const avatarUrl = into.avatarUrl ?? from.avatarUrl;
    await manager.update(User, { id: intoUserId }, { nickname, avatarUrl });
    await manager.update(User, { id: fromUserId }, { mergedInto: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const users = await manager.find(User, { where: { id: In(userIds) }, order: { id: 'ASC' } });
    return users.map((user) => ({
      id: user.id,
      created_at: new Date(user.createdAt),
      nickname: user.nickname,
      avatar_url: user.avatarUrl,
      disabled_at: user.disabledAt === null ? null : new Date(user.disabledAt),
      disabled_until: user.disabledUntil === null ? null : new Date(user.disabledUntil),
      merged_into: user.mergedInto,
      custom_claims: parseCustomClaims(user.customClaims),
      deletes_at: user.deletesAt === null ? null : new Date(user.deletesAt),
      deletion_by: user.deletionBy,
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(User, { id: In(userIds) });
  }
}

import { type EntityManager, In } from 'typeorm';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { WeixinUnion } from './weixin-union.entity.js';

@PersonalDataOf(WeixinUnion)
export class WeixinUnionPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['unionid', 'user_id'],
      purpose: {
        en: 'recognises the person in the other mini-programs of the operator',
        zh: '在运营者的其他小程序中识别同一用户',
      },
    },
  ];

  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    await manager.update(WeixinUnion, { userId: fromUserId }, { userId: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const unions = await manager.find(WeixinUnion, {
      where: { userId: In(userIds) },
      order: { unionid: 'ASC' },
    });
    return unions.map(({ unionid, userId }) => ({ unionid, user_id: userId }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(WeixinUnion, { userId: In(userIds) });
  }
}

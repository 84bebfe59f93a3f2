import { type EntityManager, In } from 'typeorm';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { WeixinIdentity } from './weixin-identity.entity.js';

@PersonalDataOf(WeixinIdentity)
export class WeixinIdentityPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'user_id', 'created_at'],
      purpose: { en: 'assigns the identity to the user', zh: '将微信身份关联到用户' },
    },
    {
      columns: ['appid', 'openid'],
      purpose: { en: 'recognises the person at a login', zh: '登录时识别用户' },
    },
    {
      columns: ['unionid'],
      purpose: {
        en: 'recognises the person in the other mini-programs of the operator',
        zh: '在运营者的其他小程序中识别同一用户',
      },
    },
    {
      columns: ['session_key'],
      purpose: {
        en: 'verifies and decrypts data that WeChat gives to the mini-program',
        zh: '校验、解密微信交给小程序的数据',
      },
      protection: 'sealed',
    },
    {
      columns: ['session_key_at'],
      purpose: { en: 'rejects an older session_key that arrives late', zh: '拒绝迟到的旧 session_key' },
    },
  ];

  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    await manager.update(WeixinIdentity, { userId: fromUserId }, { userId: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const identities = await manager.find(WeixinIdentity, {
      where: { userId: In(userIds) },
      order: { id: 'ASC' },
    });
    return identities.map(({ id, userId, appid, openid, unionid, createdAt }) => ({
      id,
      user_id: userId,
      appid,
      openid,
      unionid,
      created_at: new Date(createdAt),
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(WeixinIdentity, { userId: In(userIds) });
  }
}

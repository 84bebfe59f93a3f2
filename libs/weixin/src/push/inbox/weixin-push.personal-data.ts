import { type EntityManager, In } from 'typeorm';
import { SealerService } from '@app/crypto';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { PersonHashesService } from './person-hashes.service.js';
import { unsealPush } from './stored-push.js';
import { WeixinPush } from './weixin-push.entity.js';

const THREE_DAYS = { en: 'three days, or erasure', zh: '三天，或用户被清除' };

@PersonalDataOf(WeixinPush)
export class WeixinPushPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'appid', 'user_id', 'event', 'received_at'],
      purpose: { en: 'assigns the push of WeChat to the user', zh: '将微信推送关联到用户' },
      until: THREE_DAYS,
    },
    {
      columns: ['digest'],
      purpose: { en: 'recognises a push that WeChat repeats', zh: '识别微信重复发送的推送' },
      protection: 'hashed',
      until: THREE_DAYS,
    },
    {
      columns: ['person_hash'],
      purpose: {
        en: 'finds the push after a first login, for an export or an erasure',
        zh: '首次登录之后用于导出和清除时查找该推送',
      },
      protection: 'hashed',
      until: THREE_DAYS,
    },
    {
      columns: ['push'],
      purpose: { en: 'the push, to forward it again', zh: '推送内容，用于再次转发' },
      protection: 'sealed',
      until: THREE_DAYS,
    },
    {
      columns: ['is_handled', 'forward_at', 'forward_attempts', 'forwarded_at'],
      purpose: { en: 'the state of the forwarding', zh: '转发状态' },
      until: THREE_DAYS,
    },
  ];

  constructor(
    private readonly sealer: SealerService,
    private readonly persons: PersonHashesService,
  ) {}

  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    await manager.update(WeixinPush, { userId: fromUserId }, { userId: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const personHash = In(await this.persons.hashesOf(manager, userIds));
    const where = [{ userId: In(userIds) }, { personHash }];
    const pushes = await manager.find(WeixinPush, { where, order: { id: 'ASC' } });
    return pushes.map((row) => ({
      id: row.id,
      user_id: row.userId,
      appid: row.appid,
      event: row.event,
      received_at: new Date(row.receivedAt),
      content: unsealPush(this.sealer, row).content,
    }));
  }

  /** Erases the pushes that arrived before the person logged in here. */
  async beforeErase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    const personHash = In(await this.persons.hashesOf(manager, userIds));
    await manager.delete(WeixinPush, { personHash });
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(WeixinPush, { userId: In(userIds) });
  }
}

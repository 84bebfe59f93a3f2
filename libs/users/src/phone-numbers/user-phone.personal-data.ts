import { type EntityManager, In } from 'typeorm';
import { SealerService } from '@app/crypto';
import { insertRow } from '@app/database';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { UNTIL_WITHDRAWAL } from '../until-withdrawal.js';
import { phoneColumn } from './phone-column.js';
import { UserPhone } from './user-phone.entity.js';

const NO_PHONE = { phone: null, phoneHash: null, boundAt: null };
const DAY_MS = 86_400_000;

@PersonalDataOf(UserPhone)
export class UserPhonePersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    { columns: ['user_id'], purpose: { en: 'assigns the number to the user', zh: '将手机号关联到用户' } },
    {
      columns: ['phone'],
      purpose: {
        en: 'shows the number to the user, and to an operator whose access is logged',
        zh: '展示给用户本人；运维人员查看时留有审计记录',
      },
      protection: 'sealed',
      until: UNTIL_WITHDRAWAL,
    },
    {
      columns: ['phone_hash'],
      purpose: { en: 'finds the user by the number', zh: '按手机号查找用户' },
      protection: 'hashed',
      until: UNTIL_WITHDRAWAL,
    },
    {
      columns: ['bound_at'],
      purpose: { en: 'the time of the binding', zh: '绑定时间' },
      until: UNTIL_WITHDRAWAL,
    },
    {
      columns: ['quota_day', 'quota_used'],
      purpose: {
        en: 'limits the bindings of a day, because WeChat charges for each',
        zh: '限制每天的绑定次数，因为微信按次收费',
      },
    },
  ];

  constructor(private readonly sealer: SealerService) {}

  /**
   * The user who remains has its own number, else that of the other, sealed for the new row. The bindings that both have used
   * up today count together, so that a merge does not add to the quota.
   */
  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    const rows = await manager.findBy(UserPhone, { userId: In([fromUserId, intoUserId]) });
    const theirs = rows.find(({ userId }) => userId === fromUserId);
    if (!theirs) return;
    const own = rows.find(({ userId }) => userId === intoUserId) ?? { ...theirs, ...NO_PHONE, quotaUsed: 0 };
    const { phone, phoneHash, boundAt } = own.phone === null ? this.moved(theirs, intoUserId) : own;
    await manager.delete(UserPhone, { userId: In([fromUserId, intoUserId]) });
    const row = { userId: intoUserId, phone, phoneHash, boundAt, ...quotaOf(own, theirs) };
    await insertRow(manager, UserPhone, row);
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const phones = await manager.find(UserPhone, {
      where: { userId: In(userIds) },
      order: { userId: 'ASC' },
    });
    return phones.map(({ userId, phone, boundAt, quotaDay, quotaUsed }) => ({
      user_id: userId,
      phone: phone === null ? null : this.sealer.unseal(phone, phoneColumn(userId)),
      bound_at: boundAt === null ? null : new Date(boundAt),
      quota_day: new Date(quotaDay * DAY_MS),
      quota_used: quotaUsed,
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(UserPhone, { userId: In(userIds) });
  }

  private moved(row: UserPhone, intoUserId: string): UserPhone {
    if (row.phone === null) return row;
    const e164 = this.sealer.unseal(row.phone, phoneColumn(row.userId));
    return { ...row, phone: this.sealer.seal(e164, phoneColumn(intoUserId)) };
  }
}

function quotaOf(own: UserPhone, theirs: UserPhone): Pick<UserPhone, 'quotaDay' | 'quotaUsed'> {
  const quotaDay = Math.max(own.quotaDay, theirs.quotaDay);
  const used = [own, theirs].map((row) => (row.quotaDay === quotaDay ? row.quotaUsed : 0));
  return { quotaDay, quotaUsed: used.reduce((sum, one) => sum + one, 0) };
}

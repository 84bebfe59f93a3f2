import { type EntityManager, In } from 'typeorm';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { UserConsent } from './user-consent.entity.js';

@PersonalDataOf(UserConsent)
export class UserConsentPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'user_id'],
      purpose: { en: 'assigns the consent to the user', zh: '将同意记录关联到用户' },
    },
    {
      columns: ['kind', 'version', 'channel', 'appid', 'given_at', 'withdrawn_at'],
      purpose: {
        en: 'proves to what, when and where the user agreed',
        zh: '证明用户何时、何处同意了哪个版本',
      },
    },
  ];

  /** Both histories are of one person. */
  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    await manager.update(UserConsent, { userId: fromUserId }, { userId: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const consents = await manager.find(UserConsent, {
      where: { userId: In(userIds) },
      order: { id: 'ASC' },
    });
    return consents.map(({ id, userId, kind, version, channel, appid, givenAt, withdrawnAt }) => ({
      id,
      user_id: userId,
      kind,
      version,
      channel,
      appid,
      given_at: new Date(givenAt),
      withdrawn_at: withdrawnAt === null ? null : new Date(withdrawnAt),
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(UserConsent, { userId: In(userIds) });
  }
}

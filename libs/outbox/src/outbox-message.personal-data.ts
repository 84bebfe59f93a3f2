import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type PersonalDataHandler, PersonalDataOf, type StoredColumns } from '@app/personal-data';
import { OutboxMessage } from './outbox-message.entity.js';

const CLEAN_UP = { en: '7 days after the last attempt', zh: '最后一次投递后 7 天' };

@PersonalDataOf(OutboxMessage)
export class OutboxMessagePersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'event_id', 'endpoint_id', 'kind', 'user_id', 'payload', 'created_at'],
      purpose: {
        en: 'reports to other systems, by ids, what happened to the user',
        zh: '向其他系统通知该用户发生的事件，只有 id',
      },
      until: CLEAN_UP,
    },
    {
      columns: ['next_attempt_at', 'give_up_at', 'attempts', 'last_result', 'ended_at', 'state'],
      purpose: { en: 'the state of the delivery', zh: '投递状态' },
      until: CLEAN_UP,
    },
  ];

  readonly merge = {
    omittedBecause: 'A message reports what happened to a user. The event user.merged names both users.',
  };

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const messages = await manager.find(OutboxMessage, {
      where: { userId: In(userIds) },
      order: { id: 'ASC' },
    });
    return messages.map((message) => ({
      id: message.id,
      user_id: message.userId,
      kind: message.kind,
      created_at: new Date(message.createdAt),
      ended_at: message.endedAt === null ? null : new Date(message.endedAt),
    }));
  }

  /**
   * Deletes the messages that are delivered or dead. The pending ones stay, because receivers must learn of the erasure too:
   * they hold ids only, and are removed after their delivery.
   */
  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(OutboxMessage, { userId: In(userIds), endedAt: Not(IsNull()) });
  }
}

import { type EntityManager, In } from 'typeorm';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { Order } from './order.entity.js';

@PersonalDataOf(Order)
export class OrderPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    {
      columns: ['id', 'user_id', 'created_at'],
      purpose: { en: 'assigns the order to the user', zh: '关联到用户' },
    },
    { columns: ['title', 'quantity'], purpose: { en: 'what the user has entered', zh: '用户填写的内容' } },
  ];

  async merge(manager: EntityManager, { fromUserId, intoUserId }: MergedUsers): Promise<void> {
    await manager.update(Order, { userId: fromUserId }, { userId: intoUserId });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const rows = await manager.find(Order, { where: { userId: In(userIds) }, order: { id: 'ASC' } });
    return rows.map(({ id, userId, title, quantity, createdAt }) => ({
      id,
      user_id: userId,
      title,
      quantity,
      created_at: new Date(createdAt),
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(Order, { userId: In(userIds) });
  }
}

import { type EntityManager, In } from 'typeorm';
import { insertRow } from '@app/database';
import {
  type MergedUsers,
  type PersonalDataHandler,
  PersonalDataOf,
  type StoredColumns,
} from '@app/personal-data';
import { UserDocument } from './user-document.entity.js';
import { NEW_USERS_DOCUMENT } from './user-documents.service.js';

@PersonalDataOf(UserDocument)
export class UserDocumentPersonalData implements PersonalDataHandler {
  readonly stores: readonly StoredColumns[] = [
    { columns: ['user_id'], purpose: { en: 'assigns the document to the user', zh: '将文档关联到用户' } },
    {
      columns: ['body'],
      purpose: { en: 'what the user writes in the mini-program', zh: '用户在小程序中填写的内容' },
    },
    {
      columns: ['version', 'updated_at'],
      purpose: { en: 'detects changes on several devices', zh: '发现多台设备上的修改冲突' },
    },
  ];

  /** The document of the kept user remains, in a version above both. The other one is deleted. */
  async merge(manager: EntityManager, { fromUserId, intoUserId, keptUserId }: MergedUsers): Promise<void> {
    const userId = In([fromUserId, intoUserId]);
    const documents = await manager.findBy(UserDocument, { userId });
    const body = documents.find((one) => one.userId === keptUserId)?.body ?? NEW_USERS_DOCUMENT.body;
    const version = Math.max(NEW_USERS_DOCUMENT.version, ...documents.map((one) => one.version)) + 1;
    await manager.delete(UserDocument, { userId });
    await insertRow(manager, UserDocument, { userId: intoUserId, version, body, updatedAt: Date.now() });
  }

  async export(manager: EntityManager, userIds: readonly string[]): Promise<object[]> {
    const documents = await manager.find(UserDocument, {
      where: { userId: In(userIds) },
      order: { userId: 'ASC' },
    });
    return documents.map(({ userId, version, body, updatedAt }) => ({
      user_id: userId,
      version,
      document: JSON.parse(body) as unknown,
      updated_at: new Date(updatedAt),
    }));
  }

  async erase(manager: EntityManager, userIds: readonly string[]): Promise<void> {
    await manager.delete(UserDocument, { userId: In(userIds) });
  }
}

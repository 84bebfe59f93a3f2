import { type EntityManager, In } from 'typeorm';
import { lockRows, rowLock } from '@app/database';
import { Problem } from '@app/problem';
import { disabledSinceSql } from './disabled.js';
import { User } from './user.entity.js';

/**
 * Locks the row of a user until the commit. Call it before you insert a row of the user: a merge of the user then
 * either waits for the commit and finds the row, or has ended before and the call throws.
 * @param manager of a {@link Database.write}
 * @throws {Problem} `token_revoked` if the user is disabled, was merged into another user, or does not exist
 */
export async function lockLiveUser(manager: EntityManager, userId: string): Promise<void> {
  await lockRows(manager, User, { id: userId });
  const live = manager
    .createQueryBuilder(User, 'user')
    .where('user.id = :userId AND user.mergedInto IS NULL', { userId })
    .andWhere(`${disabledSinceSql(manager)} IS NULL`);
  if (!(await live.getExists())) throw new Problem('token_revoked');
}

/**
 * Locks the row of a user and of the users who were merged into this one, directly or through others.
 * @param manager of a {@link Database.write} that has locked the row of the user
 * @returns their ids, that of the user first
 */
export async function lockPerson(manager: EntityManager, userId: string): Promise<string[]> {
  const ids = [userId];
  for (let newest = ids; newest.length > 0;) {
    const merged = await manager.find(User, { where: { mergedInto: In(newest) }, ...rowLock(manager) });
    newest = merged.map(({ id }) => id);
    ids.push(...newest);
  }
  return ids;
}

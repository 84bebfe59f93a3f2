import type {
  EntityManager,
  EntityTarget,
  FindOptionsWhere,
  ObjectLiteral,
  SelectQueryBuilder,
} from 'typeorm';
import { dialectOf } from './dialect.js';

// On PostgreSQL and MySQL, two concurrent writes could read the same row and both change it. SQLite has one writer at a time,
// so it needs no row locks.

const LOCK = 'pessimistic_write';

/**
 * Locks the rows of a query until the write commits, so that no other transaction changes them.
 * @param query of a {@link Database.write}; PostgreSQL cannot lock rows of a LEFT JOIN
 */
export function forUpdate<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return isServer(query) ? query.setLock(LOCK) : query;
}

/** Returns the same lock as an option of `find` and `findOne`: `manager.find(Session, { where, ...rowLock(manager) })`. */
export const rowLock = (manager: EntityManager): { lock?: { mode: typeof LOCK } } =>
  isServer(manager) ? { lock: { mode: LOCK } } : {};

/**
 * Locks rows before statements that read other rows too. In READ COMMITTED, only a statement that begins after the lock was
 * acquired sees the changes of its last holder. Runs no statement on SQLite.
 */
export async function lockRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
): Promise<void> {
  if (isServer(manager)) await manager.find(entity, { where, ...rowLock(manager) });
}

const isServer = ({ connection }: Pick<EntityManager, 'connection'>) => dialectOf(connection) !== 'sqlite';

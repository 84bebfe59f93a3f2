import type {
  EntityManager,
  EntityTarget,
  FindOptionsWhere,
  ObjectLiteral,
  SelectQueryBuilder,
} from 'typeorm';
import { dialectOf } from './dialect.js';

// On PostgreSQL and MySQL writes run at the same time: two could read the same row, and both change it by what they read.
// SQLite has one writer at a time, which is lock enough.

const LOCK = 'pessimistic_write';

/**
 * Locks the rows that a write reads and then decides by, until it commits.
 * @param query of a {@link Database.write}; PostgreSQL cannot lock what it joins from the left
 */
export function forUpdate<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return isServer(query) ? query.setLock(LOCK) : query;
}

/** The same as an option of `find` and `findOne`: `manager.find(Session, { where, ...rowLock(manager) })`. */
export const rowLock = (manager: EntityManager): { lock?: { mode: typeof LOCK } } =>
  isServer(manager) ? { lock: { mode: LOCK } } : {};

/**
 * Locks rows before statements that look further than one row: each statement sees what was committed before it, and only
 * one that comes after the lock sees what the last holder left. No statement on SQLite.
 */
export async function lockRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
): Promise<void> {
  if (isServer(manager)) await manager.find(entity, { where, ...rowLock(manager) });
}

const isServer = ({ connection }: Pick<EntityManager, 'connection'>) => dialectOf(connection) !== 'sqlite';

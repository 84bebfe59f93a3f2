import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { dialectOf } from './dialect.js';

/**
 * Locks the rows that a write reads and then decides by, until it commits. On PostgreSQL and MySQL writes run at the same
 * time, and without it two could read the same row and both change it. SQLite has one writer at a time and needs no lock.
 * @param query of a {@link Database.write}
 */
export function forUpdate<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return dialectOf(query.connection) === 'sqlite' ? query : query.setLock('pessimistic_write');
}

/** The same as an option of `find` and `findOne`: `manager.find(Session, { where, ...rowLock(manager) })`. */
export const rowLock = ({ connection }: EntityManager): { lock?: { mode: 'pessimistic_write' } } =>
  dialectOf(connection) === 'sqlite' ? {} : { lock: { mode: 'pessimistic_write' } };

import type { EntityManager } from 'typeorm';
import { databaseNow } from '@app/database';
import type { User } from './user.entity.js';

/** When a user was disabled, and until when: null if only the operator enables the user again. */
export type Disabled = Pick<User, 'disabledAt' | 'disabledUntil'>;

/**
 * Returns when a user was disabled, epoch milliseconds; null if the user is enabled, or is enabled again because the time is
 * over. No job changes the row.
 * @param now of the database's clock
 */
export const disabledSince = ({ disabledAt, disabledUntil }: Disabled, now: number): number | null =>
  disabledUntil !== null && disabledUntil <= now ? null : disabledAt;

/**
 * Returns the same as {@link disabledSince} as SQL. A hot path: it reads the clock only of users with an end.
 * @param alias of the table of users in the query
 */
export const disabledSinceSql = (manager: EntityManager, alias = 'user'): string =>
  `CASE WHEN ${alias}.disabledUntil IS NOT NULL AND ${alias}.disabledUntil <= ${databaseNow(manager)} ` +
  `THEN NULL ELSE ${alias}.disabledAt END`;

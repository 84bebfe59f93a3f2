import type { EntityManager } from 'typeorm';
import type { CommitEffects } from './commit-effects.js';
import type { StoredColumns } from './stored-columns.js';

/** Two users who are one person. */
export interface MergedUsers {
  /** The user who is removed. */
  readonly fromUserId: string;
  /** The user who remains. */
  readonly intoUserId: string;
  /** The one of the two whose row remains if the table has one row per user. */
  readonly keptUserId: string;
}

/** States why a handler does nothing. */
export interface Omitted {
  readonly omittedBecause: string;
}

/**
 * Merges, exports and erases the rows that one table stores of a user. A handler is a provider of the module that owns the
 * table, with the decorator `@PersonalDataOf(Entity)`. The handlers of one call run in one transaction, in any order.
 */
export interface PersonalDataHandler {
  /** Every column of the table once: what it is stored for, how it is protected and until when. */
  readonly stores: readonly StoredColumns[];
  /**
   * Moves the rows of `fromUserId` to `intoUserId`.
   * @param manager of a {@link Database.write}
   */
  readonly merge:
    ((manager: EntityManager, users: MergedUsers, effects: CommitEffects) => Promise<void>) | Omitted;
  /**
   * Returns the rows of the users as JSON: names in snake_case, times in ISO 8601, sealed values unsealed. Leaves out
   * session_key, hashes and keys.
   * @param userIds the ids of one person: the user, and the users that were merged into this one
   */
  readonly export: ((manager: EntityManager, userIds: readonly string[]) => Promise<object[]>) | Omitted;
  /**
   * Called for all handlers before the first {@link erase}, for rows that only the rows of another handler lead to.
   * @param manager of a {@link Database.write}
   * @param userIds as in {@link export}
   */
  readonly beforeErase?: (manager: EntityManager, userIds: readonly string[]) => Promise<void>;
  /**
   * Deletes the rows of the users, or all that is personal in them.
   * @param manager of a {@link Database.write}
   * @param userIds as in {@link export}
   */
  readonly erase:
    ((manager: EntityManager, userIds: readonly string[], effects: CommitEffects) => Promise<void>) | Omitted;
}

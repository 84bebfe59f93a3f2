import type { EntityManager } from 'typeorm';
import { disabledSinceSql } from './disabled.js';
import type { DeletionBy } from './user.entity.js';

/** A deletion that was requested and has not happened yet. */
export interface PendingDeletion {
  /** Epoch milliseconds. */
  readonly deletesAt: number;
  readonly by: DeletionBy | null;
}

/** What a login reads of the row of its user. Some drivers return a bigint as text. */
export interface OwnerState {
  readonly user_id: string;
  readonly disabled_at: number | string | null;
  readonly custom_claims: string | null;
  readonly deletes_at: number | string | null;
  readonly deletion_by: DeletionBy | null;
}

/** Returns the columns of {@link OwnerState} that the alias `user` of a query has. */
export const ownerState = (manager: EntityManager): string[] => [
  `${disabledSinceSql(manager)} AS disabled_at`,
  'user.customClaims AS custom_claims',
  'user.deletesAt AS deletes_at',
  'user.deletionBy AS deletion_by',
];

/** Returns the deletion of a user that is pending, if there is one. */
export const pendingDeletion = ({ deletes_at, deletion_by }: OwnerState): PendingDeletion | undefined =>
  deletes_at === null ? undefined : { deletesAt: Number(deletes_at), by: deletion_by };

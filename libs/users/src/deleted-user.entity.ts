import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/**
 * The id of a user who was erased. An old refresh token of the user is answered with it, so that no client creates a new user
 * without the person's act.
 */
@Entity('deleted_users')
// Finds the users whose erasure is to be repeated.
@Index('ix_deleted_users_swept_at', ['sweptAt', 'deletedAt'])
export class DeletedUser {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** By the database's clock, like {@link sweptAt}. */
  @Column({ name: 'deleted_at', ...epochMs })
  deletedAt!: number;

  /** The erasure was repeated in the audit log up to this id; null before it began. */
  @Column({ name: 'swept_to', type: 'varchar', length: 36, nullable: true })
  sweptTo!: string | null;

  /** When the erasure was repeated, for rows that another instance wrote meanwhile; null until then. */
  @Column({ name: 'swept_at', ...epochMs, nullable: true })
  sweptAt!: number | null;
}

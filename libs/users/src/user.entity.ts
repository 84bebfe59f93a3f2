import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** Who requested the deletion of a user. `weixin`: the person closed the account of the mini-program in WeChat. */
export type DeletionBy = 'user' | 'operator' | 'weixin';

/** A user of this service. What WeChat knows of the user is in {@link WeixinIdentity}. */
@Entity('users')
@Index('ix_users_disabled_at', ['disabledAt'])
// Finds users by the beginning of their nickname.
@Index('ix_users_nickname', ['nickname', 'id'], { where: 'nickname IS NOT NULL' })
// Finds the users who are due for erasure.
@Index('ix_users_deletes_at', ['deletesAt'], { where: 'deletes_at IS NOT NULL' })
// Finds the users who were merged into one that is exported or erased.
@Index('ix_users_merged_into', ['mergedInto'], { where: 'merged_into IS NOT NULL' })
export class User {
  /** UUID, `sub` of the tokens. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  @Column({ type: 'varchar', length: 64, nullable: true })
  nickname!: string | null;

  @Column({ name: 'avatar_url', type: 'varchar', length: 512, nullable: true })
  avatarUrl!: string | null;

  /** By the database's clock. While it is set, every login, refresh and guarded request of the user is refused. */
  @Column({ name: 'disabled_at', ...epochMs, nullable: true })
  disabledAt!: number | null;

  /** When the user is enabled again by itself, by the database's clock: read both by `disabledSince`. Null: never. */
  @Column({ name: 'disabled_until', ...epochMs, nullable: true })
  disabledUntil!: number | null;

  /** The user that this one was merged into, and that has the identities now. No login leads to this row. */
  @Column({ name: 'merged_into', type: 'varchar', length: 36, nullable: true })
  mergedInto!: string | null;

  /** JSON object of {@link customClaimsText}, in each access token of the user. Null: none. */
  @Column({ name: 'custom_claims', type: 'text', nullable: true })
  customClaims!: string | null;

  /** When the user is erased, by the database's clock. Null: nothing was requested. */
  @Column({ name: 'deletes_at', ...epochMs, nullable: true })
  deletesAt!: number | null;

  /** Who requested the deletion; null without {@link deletesAt}. */
  @Column({ name: 'deletion_by', type: 'varchar', length: 16, nullable: true })
  deletionBy!: DeletionBy | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** A person this service knows. Holds nothing of WeChat: that is in {@link WeixinIdentity}. */
@Entity('users')
@Index('ix_users_disabled_at', ['disabledAt'])
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

  /** By the database's clock; while it is set, nothing works for this user. */
  @Column({ name: 'disabled_at', ...epochMs, nullable: true })
  disabledAt!: number | null;

  /** The user this one was merged into; its identities are there now, and nobody logs in to this row. */
  @Column({ name: 'merged_into', type: 'varchar', length: 36, nullable: true })
  mergedInto!: string | null;
}

import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** What one mini-program knows of a person. The same person has another openid in every mini-program. */
@Entity('weixin_identities')
@Unique('uq_weixin_identities_appid_openid', ['appid', 'openid'])
@Index('ix_weixin_identities_user_id', ['userId'])
export class WeixinIdentity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  appid!: string;

  /** Case-sensitive. */
  @Column({ type: 'varchar', length: 64 })
  openid!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** The person's id within one Open Platform account; WeChat may tell it late, or never. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  unionid!: string | null;

  /** Sealed. */
  @Column({ name: 'session_key', type: 'varchar', length: 255 })
  sessionKey!: string;

  /** When the exchange that gave {@link sessionKey} began. */
  @Column({ name: 'session_key_at', ...epochMs })
  sessionKeyAt!: number;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}

import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** An identity of a person in one mini-program. The same person has another openid in every mini-program. */
@Entity('weixin_identities')
@Unique('uq_weixin_identities_appid_openid', ['appid', 'openid'])
@Index('ix_weixin_identities_user_id', ['userId'])
@Index('ix_weixin_identities_unionid', ['unionid'])
// Lists the users of a mini-program.
@Index('ix_weixin_identities_appid_user_id', ['appid', 'userId'])
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

  /** The person's id within one Open Platform account; WeChat may send it late, or never. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  unionid!: string | null;

  /** Sealed. Null if the person never logged in with a code. */
  @Column({ name: 'session_key', type: 'varchar', length: 255, nullable: true })
  sessionKey!: string | null;

  /** When the exchange that gave {@link sessionKey} began; 0 without one. */
  @Column({ name: 'session_key_at', ...epochMs })
  sessionKeyAt!: number;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}

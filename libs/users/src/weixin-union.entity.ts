import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The user of a person within one Open Platform account. Of two concurrent first logins only one can insert it. */
@Entity('weixin_unions')
@Index('ix_weixin_unions_user_id', ['userId'])
export class WeixinUnion {
  /** Case-sensitive. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  unionid!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;
}

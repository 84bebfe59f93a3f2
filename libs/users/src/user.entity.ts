import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** A person this service knows. Holds nothing of WeChat: that is in {@link WeixinIdentity}. */
@Entity('users')
export class User {
  /** UUID, `sub` of the tokens. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The access token of one mini-program, which all instances share, and the lease to fetch the next one. */
@Entity('weixin_access_tokens')
export class WeixinAccessToken {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  appid!: string;

  /** Sealed. */
  @Column({ type: 'varchar', length: 1024, nullable: true })
  token!: string | null;

  @Column({ name: 'expires_at', ...epochMs, nullable: true })
  expiresAt!: number | null;

  /** UUID of the current fetch; null if there is none. */
  @Column({ name: 'lease_holder', type: 'varchar', length: 36, nullable: true })
  leaseHolder!: string | null;

  /** When the lease of that fetch ends, by the database's clock. */
  @Column({ name: 'leased_until', ...epochMs, nullable: true })
  leasedUntil!: number | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The access token of one mini-program, shared by all instances, and who is fetching the next one. */
@Entity('weixin_access_tokens')
export class WeixinAccessToken {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  appid!: string;

  /** Sealed. */
  @Column({ type: 'varchar', length: 1024, nullable: true })
  token!: string | null;

  @Column({ name: 'expires_at', ...epochMs, nullable: true })
  expiresAt!: number | null;

  /** UUID of the fetch in flight, if there is one. */
  @Column({ name: 'lease_holder', type: 'varchar', length: 36, nullable: true })
  leaseHolder!: string | null;

  /** When that fetch counts as lost, by the database's clock. */
  @Column({ name: 'leased_until', ...epochMs, nullable: true })
  leasedUntil!: number | null;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The phone number of a user, and how many bindings were used today: WeChat charges the owner of the app for each number. */
@Entity('user_phones')
@Index('ix_user_phones_phone_hash', ['phoneHash'])
export class UserPhone {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  /** E.164, sealed; null before the first binding has succeeded. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  phone!: string | null;

  /** Keyed hash of the number, to find the user by. */
  @Column({ name: 'phone_hash', type: 'varchar', length: 96, nullable: true })
  phoneHash!: string | null;

  @Column({ name: 'bound_at', ...epochMs, nullable: true })
  boundAt!: number | null;

  /** The day of {@link quotaUsed}: whole days since 1970, UTC. */
  @Column({ name: 'quota_day', type: 'integer' })
  quotaDay!: number;

  @Column({ name: 'quota_used', type: 'integer' })
  quotaUsed!: number;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** Where a consent was given: in the login, or later by `PUT /api/me/consents/{kind}`. */
export type ConsentChannel = 'login' | 'account';

/** A consent of a user to one version of a text. A row is a proof, so it is never changed but by a withdrawal. */
@Entity('user_consents')
@Index('ix_user_consents_user_id', ['userId'])
export class UserConsent {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  @Column({ type: 'varchar', length: 32 })
  version!: string;

  @Column({ type: 'varchar', length: 16 })
  channel!: ConsentChannel;

  /** The mini-program in which it was given. */
  @Column({ type: 'varchar', length: 64 })
  appid!: string;

  @Column({ name: 'given_at', ...epochMs })
  givenAt!: number;

  @Column({ name: 'withdrawn_at', ...epochMs, nullable: true })
  withdrawnAt!: number | null;
}

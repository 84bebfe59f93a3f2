import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';
import type { OperatorRole } from '../operator-role.js';

/** A person who signs in to the console. The row exists from the acceptance of an invitation until the removal. */
@Entity('operators')
@Unique('uq_operators_name', ['name'])
export class Operator {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 27 })
  name!: string;

  @Column({ type: 'varchar', length: 16 })
  role!: OperatorRole;

  /** scrypt with its parameters. Null from a reset until its invitation is accepted: then no sign-in works. */
  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash!: string | null;

  /** Base32, sealed for the row. */
  @Column({ name: 'totp_secret', type: 'varchar', length: 255 })
  totpSecret!: string;

  /** The step of the last code that was used: a code of this step or an earlier one is refused. */
  @Column({ name: 'totp_step', type: 'integer' })
  totpStep!: number;

  /** By the database's clock, like the other times. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  /** Of the last request, to the minute. */
  @Column({ name: 'last_seen_at', ...epochMs, nullable: true })
  lastSeenAt!: number | null;
}

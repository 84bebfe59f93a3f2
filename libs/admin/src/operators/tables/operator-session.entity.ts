import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** A browser in which an operator is signed in. */
@Entity('operator_sessions')
export class OperatorSession {
  /** SHA-256 of the value of the cookie, base64url. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ name: 'operator_id', type: 'varchar', length: 36 })
  operatorId!: string;

  /** By the database's clock, like the other times. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  /** Of the last request, to the minute. */
  @Column({ name: 'last_seen_at', ...epochMs })
  lastSeenAt!: number;

  /** Until when routes with `@StepUp()` are open. */
  @Column({ name: 'step_up_until', ...epochMs, nullable: true })
  stepUpUntil!: number | null;
}

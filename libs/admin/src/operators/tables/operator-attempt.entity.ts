import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The wrong attempts of one name, one address or one operator since the last right one. */
@Entity('operator_attempts')
export class OperatorAttempt {
  /** Keyed hash of what is counted: no address and no name is stored. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ type: 'integer' })
  failures!: number;

  /** Until when further attempts are refused. By the database's clock, like {@link lastAt}. */
  @Column({ name: 'blocked_until', ...epochMs })
  blockedUntil!: number;

  @Column({ name: 'last_at', ...epochMs })
  lastAt!: number;
}

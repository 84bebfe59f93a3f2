import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';
import type { OperatorRole } from '../operator-role.js';

/** A pending invitation of a new operator, or of one whose credentials were reset. The row is removed when it is accepted. */
@Entity('operator_invitations')
@Unique('uq_operator_invitations_name', ['name'])
export class OperatorInvitation {
  /** SHA-256 of the token of the link, base64url. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ type: 'varchar', length: 27 })
  name!: string;

  @Column({ type: 'varchar', length: 16 })
  role!: OperatorRole;

  /** JSON of an `Enrolment`, sealed for the row. */
  @Column({ type: 'varchar', length: 1024 })
  enrolment!: string;

  /** By the database's clock. */
  @Column({ name: 'expires_at', ...epochMs })
  expiresAt!: number;
}

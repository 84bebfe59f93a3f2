import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A recovery code that was not used yet. */
@Entity('operator_recovery_codes')
export class OperatorRecoveryCode {
  /** SHA-256 of the code, base64url. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ name: 'operator_id', type: 'varchar', length: 36 })
  operatorId!: string;
}

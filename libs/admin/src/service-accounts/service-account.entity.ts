import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** A back end of the operator that calls the admin listener. */
@Entity('service_accounts')
@Unique('uq_service_accounts_name', ['name'])
export class ServiceAccount {
  /** `client_id`. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  name!: string;

  /** Separated by spaces, as in a token. */
  @Column({ type: 'varchar', length: 1024 })
  scopes!: string;

  /** The apps that it may ask about, separated by spaces. */
  @Column({ type: 'varchar', length: 4096 })
  appids!: string;

  /** SHA-256 of the secret, base64url. */
  @Column({ name: 'secret_hash', type: 'varchar', length: 43 })
  secretHash!: string;

  /** Of the secret before the last rotation, until it is dropped. */
  @Column({ name: 'previous_secret_hash', type: 'varchar', length: 43, nullable: true })
  previousSecretHash!: string | null;

  /** By the database's clock, like the other times. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  @Column({ name: 'rotated_at', ...epochMs, nullable: true })
  rotatedAt!: number | null;

  @Column({ name: 'revoked_at', ...epochMs, nullable: true })
  revokedAt!: number | null;
}

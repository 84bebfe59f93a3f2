import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/**
 * `next` is published but does not sign yet, so that verifiers know it before its first token; `current` signs; `previous`
 * signed before and still verifies.
 */
export type KeyState = 'next' | 'current' | 'previous';

/** A key pair for access tokens. At most one row per state. */
@Entity('signing_keys')
@Unique('uq_signing_keys_state', ['state'])
export class SigningKey {
  /** `kid`: the JWK thumbprint (RFC 7638). */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: KeyState;

  /** JSON of the public JWK. */
  @Column({ name: 'public_jwk', type: 'varchar', length: 1024 })
  publicJwk!: string;

  /** Sealed JSON of the private JWK. */
  @Column({ name: 'private_key', type: 'varchar', length: 2048 })
  privateKey!: string;

  /** When the key was generated and published, by the database's clock. */
  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}

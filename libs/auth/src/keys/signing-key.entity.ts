import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { epochMs } from '@app/database';

/** A key pair that signs access tokens. At most one row per state. */
@Entity('signing_keys')
@Unique('uq_signing_keys_state', ['state'])
export class SigningKey {
  /** `kid`: the JWK thumbprint (RFC 7638). */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  id!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: 'current';

  /** JSON of the public JWK. */
  @Column({ name: 'public_jwk', type: 'varchar', length: 1024 })
  publicJwk!: string;

  /** Sealed JSON of the private JWK. */
  @Column({ name: 'private_key', type: 'varchar', length: 2048 })
  privateKey!: string;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;
}

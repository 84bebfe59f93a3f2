import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';
import type { RevokedReason } from './revoked-reason.js';

/** One login on one device. A refresh token names `(id, generation)` and is invalid without this row. */
@Entity('sessions')
// Finds the live sessions of a user however many have ended.
@Index('ix_sessions_user_id_revoked_at', ['userId', 'revokedAt', 'createdAt'])
// The feed of revocations reads the newest entries every second.
@Index('ix_sessions_revoked_at', ['revokedAt'])
// Counts the users of a day.
@Index('ix_sessions_last_used_day', ['lastUsedDay', 'appid', 'userId'])
export class Session {
  /** UUID, `sid` of the tokens. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @Column({ name: 'identity_id', type: 'varchar', length: 36 })
  identityId!: string;

  @Column({ type: 'varchar', length: 64 })
  appid!: string;

  /** The newest generation that was issued; the live refresh token carries this number as `gen`. */
  @Column({ type: 'integer' })
  generation!: number;

  /**
   * The generation whose refresh made generation {@link parentOf}. If `parentOf` is not the current generation, the parent is
   * the previous generation: after a login, and after a refresh by version 0.1.0, which increments `generation` only.
   */
  @Column({ name: 'parent_generation', type: 'integer', nullable: true })
  parentGeneration!: number | null;

  @Column({ name: 'parent_of', type: 'integer', nullable: true })
  parentOf!: number | null;

  /** By the database's clock, like all times of the row. */
  @Column({ name: 'rotated_at', ...epochMs })
  rotatedAt!: number;

  @Column({ name: 'created_at', ...epochMs })
  createdAt!: number;

  @Column({ name: 'last_used_at', ...epochMs })
  lastUsedAt!: number;

  /**
   * The day of {@link lastUsedAt}, see {@link dayOf}; null for sessions that only versions without the column have used. The
   * index has it, because it changes once a day: an index of `lastUsedAt` would change with each refresh.
   */
  @Column({ name: 'last_used_day', type: 'integer', nullable: true })
  lastUsedDay!: number | null;

  /** The earlier of idle and absolute end. */
  @Column({ name: 'expires_at', ...epochMs })
  expiresAt!: number;

  @Column({ name: 'revoked_at', ...epochMs, nullable: true })
  revokedAt!: number | null;

  @Column({ name: 'revoked_reason', type: 'varchar', length: 32, nullable: true })
  revokedReason!: RevokedReason | null;

  /** The client's id of the device: a login with the same id replaces the session. */
  @Column({ name: 'device_id', type: 'varchar', length: 64, nullable: true })
  deviceId!: string | null;

  /** The name of the device, else its User-Agent. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  device!: string | null;

  /** Masked, so that it shows the network and not the person. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  ip!: string | null;
}

/** Returns the number of whole days since 1970, UTC. */
export const dayOf = (epochMs: number): number => Math.floor(epochMs / 86_400_000);

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** What can happen to a login, a session or a user. */
export type AuthEventKind =
  | 'login'
  | 'login_refused'
  | 'logout'
  | 'phone_bound'
  | 'refresh_token_reused'
  | 'session_ended'
  | 'user_disabled'
  | 'user_enabled'
  | 'users_merged'
  | 'union_conflict';

/** Something an operator may want to look up later. Holds no token, no code and no openid. */
@Entity('auth_events')
export class AuthEvent {
  /** UUIDv7 of {@link at}: old events are a range of the primary key, so no other index is needed. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ ...epochMs })
  at!: number;

  @Column({ type: 'varchar', length: 32 })
  kind!: AuthEventKind;

  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId!: string | null;

  @Column({ name: 'session_id', type: 'varchar', length: 36, nullable: true })
  sessionId!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  appid!: string | null;

  /** Masked. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  ip!: string | null;

  @Column({ name: 'user_agent', type: 'varchar', length: 255, nullable: true })
  userAgent!: string | null;

  /** More about it: of a refused login the code of the problem. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  detail!: string | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '@app/database';

/** The kinds of events of logins, sessions, users, service accounts, operators and webhooks. */
export type AuthEventKind =
  | 'claims_changed'
  | 'consent_given'
  | 'consent_withdrawn'
  | 'data_exported'
  | 'deletion_cancelled'
  | 'deletion_requested'
  | 'events_exported'
  | 'identities_revealed'
  | 'login'
  | 'login_refused'
  | 'logout'
  | 'operator_created'
  | 'operator_invitation_withdrawn'
  | 'operator_invited'
  | 'operator_login'
  | 'operator_login_refused'
  | 'operator_logout'
  | 'operator_password_changed'
  | 'operator_removed'
  | 'operator_reset'
  | 'operator_step_up'
  | 'operator_step_up_refused'
  | 'phone_bound'
  | 'phone_revealed'
  | 'refresh_token_reused'
  | 'service_account_created'
  | 'service_account_revoked'
  | 'service_account_rotated'
  | 'session_ended'
  | 'signing_keys_rotated'
  | 'user_deleted'
  | 'user_disabled'
  | 'user_enabled'
  | 'user_searched'
  | 'users_merged'
  | 'union_conflict'
  | 'webhook_created'
  | 'webhook_removed'
  | 'webhook_replayed'
  | 'webhook_rotated'
  | 'weixin_push'
  | 'weixin_push_revealed'
  | 'weixin_token_refused'
  | 'weixin_token_revealed';

/** A row of the audit log. Has no token, no code and no openid. */
@Entity('auth_events')
export class AuthEvent {
  /** UUIDv7 of {@link at}: old events are a range of the primary key, so the clean-up needs no other index. Export and erasure read ranges of it. */
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

  /** The service account that did it, or `operator:<name>`; null for users, and for the command line. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  actor!: string | null;

  /** Further information: the problem code of a refused login, the name of a service account. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  detail!: string | null;
}

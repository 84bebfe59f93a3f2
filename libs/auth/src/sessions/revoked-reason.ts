/** Why a session ended before `expires_at`. */
export type RevokedReason =
  | 'account_deletion'
  | 'consent_withdrawn'
  | 'logout'
  | 'ended_by_operator'
  | 'ended_by_user'
  | 'refresh_token_reused'
  | 'replaced'
  | 'too_many_sessions'
  | 'user_erased'
  | 'user_merged';

/** The member `ended_by` of the problem `refresh_token_revoked`. */
export type EndedBy = 'deletion' | 'operator' | 'user';

/**
 * The reasons that are a person's decision about devices. The refresh of such a session is answered with
 * `refresh_token_revoked`, so its row is stored until `expires_at`. For all other reasons the client may log in again
 * silently.
 */
export const ENDED_BY: Readonly<Partial<Record<RevokedReason, EndedBy>>> = {
  account_deletion: 'deletion',
  ended_by_operator: 'operator',
  ended_by_user: 'user',
};

/** Why a session ended before its time. */
export type RevokedReason =
  'logout' | 'ended_by_user' | 'refresh_token_reused' | 'replaced' | 'too_many_sessions' | 'user_merged';

/** Why a session ended before its time. */
export type RevokedReason =
  'logout' | 'ended_by_user' | 'refresh_token_reused' | 'replaced' | 'too_many_sessions' | 'user_merged';

/** Who ended a session on purpose, on the wire. */
export type EndedBy = 'user';

/**
 * The reasons that are a person's decision against another device, and who that person is. The refresh of such a session is
 * answered with `refresh_token_revoked`, so its row is stored until the session would have expired. After all other
 * reasons the client may log in again silently.
 */
export const ENDED_BY: Readonly<Partial<Record<RevokedReason, EndedBy>>> = { ended_by_user: 'user' };

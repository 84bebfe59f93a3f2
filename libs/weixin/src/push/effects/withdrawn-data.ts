/** What this service stores and a person can withdraw in WeChat, by the names of the profile. */
export type WithdrawnData = 'nickname' | 'avatar_url' | 'phone';

/** The meaning of the numbers in `RevokeInfo`. Other numbers are permissions for nothing that is stored here. */
const BY_NUMBER: Readonly<Record<string, readonly WithdrawnData[]>> = {
  6: ['nickname', 'avatar_url'],
  8: ['phone'],
  19: ['nickname'],
  20: ['avatar_url'],
  301: ['nickname', 'avatar_url', 'phone'],
};

/**
 * Returns what `RevokeInfo` of the event `user_authorization_revoke` withdraws.
 * @param revokeInfo one number as text, or several
 */
export function withdrawnBy(revokeInfo: string | undefined): ReadonlySet<WithdrawnData> {
  return new Set((revokeInfo?.match(/\d+/g) ?? []).flatMap((number) => BY_NUMBER[number] ?? []));
}

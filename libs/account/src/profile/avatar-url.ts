/** Length of the column. */
export const MAX_AVATAR_URL_LENGTH = 512;

/** Scheme, host, and the characters RFC 3986 allows in the rest. It does not match where URL parsers disagree, such as at `@`, `\` and `///`. */
const AVATAR_URL = /^https:\/\/([a-z0-9.-]+)(?:[/?#][\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/i;

/**
 * Returns the host of an https address without user info and port, in lower case. The address is only read, never fetched.
 * @returns undefined for anything else
 */
export function hostOfAvatarUrl(value: string): string | undefined {
  if (value.length > MAX_AVATAR_URL_LENGTH) return undefined;
  return AVATAR_URL.exec(value)?.[1]?.toLowerCase();
}

/** The entity tag of a version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Whether a write may happen (RFC 9110 section 13.1.1): no `If-Match`, `*`, or a list that names the version.
 * A weak or malformed tag matches nothing.
 */
export function allowsVersion(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch
    .split(',')
    .map((tag) => tag.trim())
    .includes(etagOf(version));
}

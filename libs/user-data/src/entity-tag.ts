/** Returns the entity tag of a version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * A tag of ours, also after a proxy that compresses has changed it: `W/"7"` (nginx, CDNs), `"7-gzip"` (Apache, Caddy),
 * `"7--gzip"` (Jetty), `"7;br"` (LiteSpeed). Group 1 is the version.
 */
const TAG = /^(?:W\/)?"(0|[1-9]\d{0,14})(?:[-;:+]{1,2}[A-Za-z][\w-]{0,63})?"$/;

/**
 * Returns whether a list of entity tags, the value of `If-Match` or `If-None-Match`, names the version or is `*`.
 * A version is a plain number and is not compared byte by byte, so the suffix of a proxy does not matter. That is why a
 * weak tag also counts in `If-Match`, unlike in RFC 9110 section 13.1.1. Anything else matches nothing.
 */
export function namesVersion(tags: string, version: number): boolean {
  if (tags.trim() === '*') return true;
  return tags.split(',').some((tag) => TAG.exec(tag.trim())?.[1] === String(version));
}

/** The largest value of the column. */
const MAX_VERSION = 2 ** 31 - 1;

/** Returns the version that a single entity tag names; undefined for a list, `*` and anything else. */
export function versionOf(tags: string): number | undefined {
  const version = Number(TAG.exec(tags.trim())?.[1]);
  return version <= MAX_VERSION ? version : undefined;
}

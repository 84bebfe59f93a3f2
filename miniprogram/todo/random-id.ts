/** Returns an id that is unique across phones: milliseconds since 1970 and 50 random bits. Not a secret. */
export function randomId(): string {
  return `${Date.now().toString(36)}-${Math.floor(Math.random() * 2 ** 50).toString(36)}`;
}

/** Returns a unique id: epoch milliseconds and 50 random bits. Not a secret. */
export function randomId(): string {
  return Date.now().toString(36) + Math.random().toString(36).slice(1);
}

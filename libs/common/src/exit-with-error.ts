/**
 * Ends the process with 1 and one clear message. Not by itself: connections to a database or to Redis that are open already
 * would keep it.
 */
export function exitWithError(message: string): void {
  process.stderr.write(`${message}\n`, () => process.exit(1));
}

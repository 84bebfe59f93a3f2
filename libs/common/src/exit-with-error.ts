/**
 * Writes the message to standard error and ends the process with exit code 1. It calls `process.exit`, because open
 * connections to a database or to Redis would keep the process running.
 */
export function exitWithError(message: string): void {
  process.stderr.write(`${message}\n`, () => process.exit(1));
}

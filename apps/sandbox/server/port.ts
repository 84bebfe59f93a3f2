const DEFAULT_PORT = 8001;

/**
 * Reads SANDBOX_PORT.
 * @param text an integer from 0 to 65535, 0 being any free port; unset or empty: 8001
 * @throws {Error} anything else, with a message for the one who set it
 */
export function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new Error(`SANDBOX_PORT must be an integer from 0 to 65535, not ${JSON.stringify(text)}`);
}

/** Why the sandbox does not start, in one line. */
export function explain(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port ?? ''} is in use; set SANDBOX_PORT to a free one`;
  return message;
}

import { MissingMigrationError } from './missing-migrations.js';

/** Returns the error that stops the start. It names a fault that only the operator can fix. */
export function unusable(error: unknown): Error {
  if (error instanceof MissingMigrationError) return error;
  return new Error(`The database of DATABASE_URL cannot be used: ${reasonOf(error)}`, { cause: error });
}

/** Returns the reason of a database error, in one line. The drivers put no password into it. */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: readonly Error[] };
  // For a host with several addresses, Node returns one error for each address and no message for all.
  return message || errors?.[0]?.message || code || 'no reason given';
}

/** The codes of PostgreSQL and MySQL for a table or a column that does not exist. */
const MISSING = new Set(['42P01', '42703', 'ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR']);

/** SQLite has one code for all errors of a statement. */
const MISSING_IN_SQLITE = /^(?:SQLITE_ERROR: )?(?:no such (?:table|column)|table \S+ has no column named)/;

/** Returns whether a statement failed because a table or a column does not exist. */
export function isMissingSchema(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { driverError } = error as { driverError?: unknown };
  const { code, message } = (driverError instanceof Error ? driverError : error) as NodeJS.ErrnoException;
  return MISSING.has(code ?? '') || MISSING_IN_SQLITE.test(message);
}

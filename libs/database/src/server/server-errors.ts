import { QueryFailedError, TypeORMError } from 'typeorm';

/** Codes of PostgreSQL (SQLSTATE) and MySQL that say: not now. */
const NOT_NOW = new RegExp(
  [
    '08...', // connection exceptions
    '53...', // too many connections, disk full
    '57...', // shutting down, starting up, statement cancelled
    '58...', // its own disk or files
    '25006', // read-only: a standby that this service must not be connected to for long
    'ER_CON_COUNT_ERROR',
    'ER_TOO_MANY_USER_CONNECTIONS',
    'ER_SERVER_SHUTDOWN',
    'ER_CONNECTION_KILLED',
    'ER_QUERY_INTERRUPTED',
    'ER_OPTION_PREVENTS_STATEMENT',
    'ER_LOCK_WAIT_TIMEOUT',
    'ER_DISK_FULL',
    'ER_RECORD_FILE_FULL',
  ]
    .map((code) => `^${code}$`)
    .join('|'),
);

/** Codes of a transaction that another one got in the way of: a deadlock, or the same key inserted first. */
const LOST_RACE = new Set(['40001', '40P01', '23505', 'ER_LOCK_DEADLOCK', 'ER_CHECKREAD', 'ER_DUP_ENTRY']);

/** Whether the same work may well succeed when it runs again and sees what the other transaction left. */
export function isLostRace(error: unknown): boolean {
  return LOST_RACE.has(answerOf(error) ?? '');
}

/** Whether there is no server to talk to at the moment. What it answered otherwise, or a fault of ours, is no outage. */
export function isOutage(error: unknown): boolean {
  const answer = answerOf(error);
  if (answer !== undefined) return NOT_NOW.test(answer);
  if (error instanceof QueryFailedError) return true;
  return error instanceof Error && !(error instanceof TypeORMError) && !(error instanceof TypeError);
}

/** What went wrong, in one line. The drivers put no password into it. */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: readonly Error[] };
  // A host with several addresses gives an error for each and no message for all.
  return message || errors?.[0]?.message || code || 'no reason given';
}

/** The code of an answer in which the server refuses something; undefined for an error that is no answer. */
function answerOf(error: unknown): string | undefined {
  const thrown: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code, severity, sqlState } = thrown as { code?: unknown; severity?: unknown; sqlState?: unknown };
  // Only what a server said has a severity (PostgreSQL) or a state (MySQL).
  return typeof code === 'string' && (severity ?? sqlState) !== undefined ? code : undefined;
}

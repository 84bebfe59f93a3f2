import { QueryFailedError, TypeORMError } from 'typeorm';

/** What a server answers instead of a result. */
interface Refusal {
  /** SQLSTATE; empty when MySQL refuses a connection before it has agreed on a protocol. */
  readonly state: string;
  /** The number of MySQL and MariaDB: the driver has no name for all of them, and most share a state. */
  readonly number?: number | undefined;
}

/** SQLSTATEs of a server that is not ready, or whose connection is lost. */
const NOT_READY_STATES = new RegExp(
  [
    '08...', // connection exceptions; MySQL: shutting down, a Galera node that is not prepared, too many connections
    '53...', // too many connections, out of memory, disk full
    '57...', // shutting down, starting up, statement cancelled
    '58...', // its own disk or files
    '25006', // read-only: a standby that this service must not be connected to for long
    '25P0[34]', // a transaction ended for its age
    '40000', // MySQL: a cluster undid the transaction during its commit
    '40003', // unknown whether the statement was executed
    '55000', // accepts no connections
    '55P03', // lock_timeout
    '70100', // MySQL: statement or connection killed, or ended for its time
    'HY001', // MySQL: out of memory
  ]
    .map((state) => `^${state}$`)
    .join('|'),
);

/** The same as numbers of MySQL and MariaDB whose state says nothing. */
const NOT_READY_NUMBERS: ReadonlySet<number | undefined> = new Set([
  // Disk full, write failed, the storage engine's own error, table full, error during a commit.
  1021, 1026, 1030, 1114, 1180,
  // No threads, no resources, too many connections of this user; the host is blocked or not allowed.
  1041, 1135, 1203, 1226, 1129, 1130,
  // Waited for a lock too long; the statement took too long.
  1205, 3024,
  // Read-only by an option or by mode; offline; not available; a hook of the cluster failed.
  1290, 1836, 3032, 3168, 3100,
  // The session was killed, or ended for its idleness.
  3169, 4031,
  // A proxy in front has lost the server: errors of its own client.
  2002, 2003, 2006, 2013,
]);

/** The server is there and does not let this service in: no such database, or not with this user and password. */
const SHUT_STATES = /^28...$|^3D000$/;
const SHUT_NUMBERS: ReadonlySet<number | undefined> = new Set([1044, 1045, 1049]);

/** A transaction that another one got in the way of: a deadlock, or the same key inserted first. */
const LOST_RACE_STATES = new Set(['40001', '40P01', '23505']);
const LOST_RACE_NUMBERS: ReadonlySet<number | undefined> = new Set([1020, 1062]);

/** Whether the same work may well succeed when it runs again and sees what the other transaction left. */
export function isLostRace(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    refusal !== undefined && (LOST_RACE_STATES.has(refusal.state) || LOST_RACE_NUMBERS.has(refusal.number))
  );
}

/** Whether there is no server to talk to at the moment. Another answer of it, or a fault of ours, is no outage. */
export function isOutage(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal) return NOT_READY_STATES.test(refusal.state) || NOT_READY_NUMBERS.has(refusal.number);
  if (error instanceof QueryFailedError) return true;
  return error instanceof Error && !(error instanceof TypeORMError) && !(error instanceof TypeError);
}

/** Whether a server that was there is lost: an {@link isOutage outage}, or its database or user was taken away. */
export function isLoss(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    isOutage(error) || (!!refusal && (SHUT_STATES.test(refusal.state) || SHUT_NUMBERS.has(refusal.number)))
  );
}

/** What went wrong, in one line. The drivers put no password into it. */
export function reasonOf(error: unknown): string {
  const { message, code, errors } = error as NodeJS.ErrnoException & { errors?: readonly Error[] };
  // A host with several addresses gives an error for each and no message for all.
  return message || errors?.[0]?.message || code || 'no reason given';
}

/** @returns undefined for an error that is no answer of a server */
function refusalOf(error: unknown): Refusal | undefined {
  const thrown: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code, severity, sqlState, errno } = thrown as Readonly<Record<string, unknown>>;
  // Only what a server said has a severity (PostgreSQL) or a state (MySQL).
  if (severity !== undefined && typeof code === 'string') return { state: code };
  if (typeof sqlState === 'string' && typeof errno === 'number') return { state: sqlState, number: errno };
  return undefined;
}

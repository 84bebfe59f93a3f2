import { QueryFailedError, TypeORMError } from 'typeorm';

/** The error answer of a server. */
interface Refusal {
  /** SQLSTATE; empty if MySQL refuses a connection before the handshake. */
  readonly state: string;
  /** The error number of MySQL and MariaDB. Many errors have the same SQLSTATE, and the driver does not name all numbers. */
  readonly number?: number | undefined;
}

/** SQLSTATEs of a server that is not ready, or whose connection is lost. */
const NOT_READY_STATES = new RegExp(
  [
    '08...', // connection exceptions; MySQL: shutting down, a Galera node that is not prepared, too many connections
    '53...', // too many connections, out of memory, disk full
    '57...', // shutting down, starting up, statement cancelled
    '58...', // I/O errors of the server
    '25006', // read-only, as on a standby
    '25P0[34]', // a transaction timed out
    '40000', // MySQL: a cluster rolled the transaction back during its commit
    '40003', // unknown whether the statement was executed
    '55000', // accepts no connections
    '55P03', // lock_timeout
    '70100', // MySQL: statement or connection killed, or timed out
    'HY001', // MySQL: out of memory
  ]
    .map((state) => `^${state}$`)
    .join('|'),
);

/** Error numbers of MySQL and MariaDB with the same meaning, whose SQLSTATE is not specific. */
const NOT_READY_NUMBERS: ReadonlySet<number | undefined> = new Set([
  // Disk full, write failed, the storage engine's own error, table full, error during a commit.
  1021, 1026, 1030, 1114, 1180,
  // No threads, no resources, too many connections of this user; the host is blocked or not allowed.
  1041, 1135, 1203, 1226, 1129, 1130,
  // Waited for a lock too long; the statement took too long.
  1205, 3024,
  // Read-only by an option or by mode; offline; not available; a hook of the cluster failed.
  1290, 1836, 3032, 3168, 3100,
  // The session was killed, or was idle for too long.
  3169, 4031,
  // A proxy has lost the server: these are errors of the proxy's own client.
  2002, 2003, 2006, 2013,
]);

/** The server refuses access: the database does not exist, or user or password are wrong. */
const ACCESS_DENIED_STATES = /^28...$|^3D000$/;
const SHUT_NUMBERS: ReadonlySet<number | undefined> = new Set([1044, 1045, 1049]);

/** A conflict with another transaction: a deadlock, or the same key inserted first. */
const LOST_RACE_STATES = new Set(['40001', '40P01', '23505']);
const LOST_RACE_NUMBERS: ReadonlySet<number | undefined> = new Set([1020, 1062]);

/** Returns whether a write failed by a conflict with another transaction, so that a retry may succeed. */
export function isLostRace(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    refusal !== undefined && (LOST_RACE_STATES.has(refusal.state) || LOST_RACE_NUMBERS.has(refusal.number))
  );
}

/** Returns whether the server is not available at the moment. Other errors of the server or of this service are no outage. */
export function isOutage(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal) return NOT_READY_STATES.test(refusal.state) || NOT_READY_NUMBERS.has(refusal.number);
  if (error instanceof QueryFailedError) return true;
  return error instanceof Error && !(error instanceof TypeORMError) && !(error instanceof TypeError);
}

/** Returns whether the database is lost: an {@link isOutage outage}, or its database or user was removed. */
export function isLoss(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    isOutage(error) ||
    (!!refusal && (ACCESS_DENIED_STATES.test(refusal.state) || SHUT_NUMBERS.has(refusal.number)))
  );
}

/** Returns the error answer of the server; undefined for an error that does not come from the server. */
function refusalOf(error: unknown): Refusal | undefined {
  const thrown: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code, severity, sqlState, errno } = thrown as Readonly<Record<string, unknown>>;
  // Only errors of the server have a severity (PostgreSQL) or an SQLSTATE (MySQL).
  if (severity !== undefined && typeof code === 'string') return { state: code };
  if (typeof sqlState === 'string' && typeof errno === 'number') return { state: sqlState, number: errno };
  return undefined;
}

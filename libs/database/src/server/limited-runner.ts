import type { QueryRunner } from 'typeorm';

type Query = (sql: string, ...rest: unknown[]) => Promise<unknown>;

/** The runner was not done in time. */
class DeadlineExceeded extends Error {}

/** The connection of a runner ended before the runner was released. */
class ConnectionLost extends Error {}

/** The limits of a runner, set by its data source. */
interface Limits {
  /** From now until the runner must be released, in milliseconds. */
  readonly ms: number;
  /** Ends a connection immediately. */
  readonly cut: (connection: unknown) => void;
  /** Called for each answer of the server. */
  readonly onAnswer: () => void;
  /** Returns the error that the caller of a failed statement gets. */
  readonly onError: (error: unknown) => unknown;
}

/**
 * Limits a runner of TypeORM, for PostgreSQL and MySQL:
 * - At the deadline the wrapper ends the connection, and the caller gets an error. Otherwise a frozen or unreachable server
 *   would block the caller for minutes.
 * - The wrapper sends statements one after the other. After a failed statement it sends only a ROLLBACK. At a deadlock MySQL
 *   ends the transaction, and the next statement would be committed alone.
 */
export function limitRunner(runner: QueryRunner, limits: Limits): QueryRunner {
  const connect = runner.connect.bind(runner);
  const query = runner.query.bind(runner) as Query;
  const release = runner.release.bind(runner);
  let connecting: Promise<unknown> | undefined;
  let connection: unknown;
  let rejectPending: ((error: Error) => void) | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isLate = false;
  let isReleased = false;

  const deadline = setTimeout(() => {
    isLate = true;
    if (connection !== undefined) limits.cut(connection);
    rejectPending?.(new DeadlineExceeded('no answer in time'));
  }, limits.ms);

  const send: Query = (...call) =>
    new Promise((resolve, reject) => {
      rejectPending = reject;
      if (isLate) reject(new DeadlineExceeded('no time left'));
      // TypeORM releases a runner whose connection fails. Its error for the next statement would blame the caller.
      else if (runner.isReleased && !isReleased) reject(new ConnectionLost('the connection was lost'));
      else query(...call).then(resolve, reject);
    });

  return Object.assign(runner, {
    connect: async () => {
      connecting ??= connect();
      connection = await connecting;
      // The deadline has passed and the caller has its error, so nothing is sent.
      if (isLate) throw new DeadlineExceeded('no connection in time');
      return connection;
    },
    query: (sql: string, ...rest: unknown[]) => {
      const next = async () => {
        try {
          const answer = await send(sql, ...rest);
          limits.onAnswer();
          return answer;
        } catch (error) {
          throw limits.onError(error);
        }
      };
      return (last = last.then(next, sql === 'ROLLBACK' ? next : undefined));
    },
    release: async () => {
      clearTimeout(deadline);
      isReleased = true;
      // A runner that still waits for its connection returns it as soon as it has it.
      if (connecting && connection === undefined) void connecting.then(release, () => release());
      else await release();
    },
  });
}

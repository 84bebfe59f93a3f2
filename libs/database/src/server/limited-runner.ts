import type { QueryRunner } from 'typeorm';

type Query = (sql: string, values?: unknown[], structured?: true) => Promise<unknown>;

/** A runner was not done in time. */
class TimeOver extends Error {}

/** The connection of a runner ended before the runner was released. */
class ConnectionLost extends Error {}

/**
 * Gives a runner an end: when its time is over, its connection is cut, and whoever waits for an answer or for a connection
 * gets {@link TimeOver}. A server that is frozen, or whose host is gone, would keep them waiting for minutes.
 * @param ms from now until it must be released
 * @param cut ends a connection at once
 */
export function limit(runner: QueryRunner, ms: number, cut: (connection: unknown) => void): QueryRunner {
  const [connect, query, release] = [
    runner.connect.bind(runner),
    runner.query.bind(runner) as Query,
    runner.release.bind(runner),
  ];
  let connecting: Promise<unknown> | undefined;
  let connection: unknown;
  let giveUp: ((error: Error) => void) | undefined;
  let over = false;
  let ended = false;

  const timer = setTimeout(() => {
    over = true;
    if (connection !== undefined) cut(connection);
    giveUp?.(new TimeOver('no answer in time'));
  }, ms);

  const connected = async () => {
    connecting ??= connect();
    connection = await connecting;
    // Nobody waits for it any more: nothing is sent.
    if (over) throw new TimeOver('no connection in time');
    return connection;
  };
  const limited: Query = (...call) =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (over) reject(new TimeOver('no time left'));
      // TypeORM releases a runner whose connection fails, and would call its next statement a fault of the caller.
      else if (runner.isReleased && !ended) reject(new ConnectionLost('the connection was lost'));
      else query(...call).then(resolve, reject);
    });
  const released = async () => {
    clearTimeout(timer);
    ended = true;
    // A runner that still waits for its connection can give it back only when it has come.
    if (connecting && connection === undefined) void connecting.then(release, () => release());
    else await release();
  };
  return Object.assign(runner, { connect: connected, query: limited, release: released });
}

import type { DataSource } from 'typeorm';

/** Connections to a database server, and how many callers wait for one. */
export interface Pool {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What `pg` says of its pool. */
interface PostgresPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** What `mysql2` says of its pool, in members that its types do not name. */
interface MysqlPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** The pool of a data source now; undefined on SQLite, which has none, and zeros before it is open. */
export function poolOf({ driver, options }: DataSource): Pool | undefined {
  if (options.type === 'sqlite') return undefined;
  const { master, pool } = driver as { master?: PostgresPool; pool?: MysqlPool };
  if (master) {
    const { totalCount, idleCount, waitingCount } = master;
    return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }
  if (!pool) return { used: 0, idle: 0, waiting: 0 };
  const [all, idle] = [pool._allConnections.length, pool._freeConnections.length];
  return { used: all - idle, idle, waiting: pool._connectionQueue.length };
}

import type { DataSource } from 'typeorm';

/** The connections to a database server, and the number of callers that wait for one. */
export interface Pool {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}

/** The counts of a pool of `pg`. */
interface PostgresPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** The counts of a pool of `mysql2`, in members that its types do not declare. */
interface MysqlPool {
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
}

/** Returns the state of the pool of a data source: undefined on SQLite, which has no pool; zeros before it is open. */
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

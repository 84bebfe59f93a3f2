import type { DataSourceOptions, QueryRunner } from 'typeorm';

/** The differences between PostgreSQL and MySQL. */
export interface Server {
  /** @param connections the maximum of open connections */
  options(url: string, connections: number): DataSourceOptions;
  /** SQL that begins a transaction in READ COMMITTED: each statement sees what is committed when it begins. */
  readonly begin: string;
  /**
   * Takes the lock of migrations of this database, within an open transaction. It ends with the connection at the latest.
   * @returns false while another instance holds it
   */
  tryLockSchema(runner: QueryRunner): Promise<boolean>;
  /** Closes a connection immediately, even while it waits for an answer. */
  readonly cut: (connection: unknown) => void;
}

/** The deadline of a query. It is short enough to answer 503 within 5 s, even on a busy machine. */
export const ANSWER_WITHIN_MS = 3500;
/** The deadline of a connection. It is shorter, so that a waiting caller gets the reason of the failed connection. */
export const CONNECT_WITHIN_MS = 3000;

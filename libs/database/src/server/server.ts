import type { DataSourceOptions, QueryRunner } from 'typeorm';

/** What PostgreSQL and MySQL do differently. */
export interface Server {
  /** @param connections how many at most are open at once */
  options(url: string, connections: number): DataSourceOptions;
  /** SQL that begins a transaction in READ COMMITTED: each statement sees what is committed when it begins. */
  readonly begin: string;
  /** Waits until no other instance migrates this database. The lock ends with the connection. */
  lockSchema(runner: QueryRunner): Promise<void>;
  /** Ends a connection at once, whatever it waits for. */
  cut(connection: unknown): void;
}

/** A server that has not answered by then counts as silent. Callers get their 503 within 5 s, on a busy machine too. */
export const ANSWER_WITHIN_MS = 3500;
/** Shorter, so that who waits for a connection hears why there is none. */
export const CONNECT_WITHIN_MS = 3000;

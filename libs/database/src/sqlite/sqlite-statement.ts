import type { Database, Statement } from 'sqlite3';
import { QueryFailedError } from 'typeorm';
import { mergedCalls, type Parameters, type Row } from './merged-calls.js';

interface Call {
  readonly parameters: Parameters;
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs a statement of a hot path on one connection. Merges calls of the same turn of the event loop, and calls made while the
 * statement runs. A small statement costs less in SQLite than the switch to SQLite's thread and back.
 */
export class SqliteStatement {
  private readonly merged;
  /** By the number of calls. */
  private readonly compiled = new Map<number, Promise<Statement>>();
  private waiting: Call[] = [];
  private isServing = false;

  constructor(
    private readonly connection: Database,
    private readonly sql: string,
    private readonly order: readonly string[],
  ) {
    this.merged = mergedCalls(sql, order);
  }

  /**
   * Runs the statement.
   * @returns the rows of a SELECT; for other statements, one row for each changed row
   * @throws {QueryFailedError} also if another call of the merged statement failed
   */
  run(parameters: object): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ parameters: parameters as Parameters, resolve, reject });
      if (this.isServing) return;
      this.isServing = true;
      setImmediate(() => void this.serve());
    });
  }

  /** Releases the compiled statements. A connection cannot be closed before. */
  async finalize(): Promise<void> {
    for (const compiled of this.compiled.values()) (await compiled).finalize();
  }

  private async serve(): Promise<void> {
    const calls = this.waiting.splice(0, this.merged.most);
    try {
      const rows = await this.rowsOf(calls);
      const split = this.merged.split(
        rows,
        calls.map(({ parameters }) => parameters),
      );
      calls.forEach(({ resolve }, index) => {
        resolve(split[index] ?? []);
      });
    } catch (error) {
      for (const { reject } of calls) reject(new QueryFailedError(this.sql, [], error as Error));
    }
    this.isServing = this.waiting.length > 0;
    if (this.isServing) setImmediate(() => void this.serve());
  }

  private async rowsOf(calls: readonly Call[]): Promise<Row[]> {
    const statement = await this.compile(calls.length);
    const values = calls.flatMap(({ parameters }) => this.order.map((name) => parameters[name]));
    return new Promise((resolve, reject) => {
      statement.all<Row>(values, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }

  private compile(calls: number): Promise<Statement> {
    const known = this.compiled.get(calls);
    if (known) return known;
    const compiled = new Promise<Statement>((resolve, reject) => {
      const statement: Statement = this.connection.prepare(this.merged.sqlFor(calls), (error) => {
        if (error) reject(error);
        else resolve(statement);
      });
    });
    this.compiled.set(calls, compiled);
    // The next call compiles it again, because a temporary disk fault may be over.
    compiled.catch(() => this.compiled.delete(calls));
    return compiled;
  }
}

import type { Database, RunResult, Statement as Compiled } from 'sqlite3';
import { QueryFailedError } from 'typeorm';
import {
  isMergeable,
  merge,
  type Merged,
  type Parameters,
  type Result,
  type Statement,
} from './merged-sql.js';

/** As many as writes share a transaction. */
const MAX_MERGED = 32;

interface Call {
  readonly parameters: Parameters;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** A statement as SQLite runs it. */
interface Form {
  readonly compiled: Compiled;
  readonly merged: Merged | undefined;
}

/**
 * The compiled statements of one SQLite connection. Calls of one statement that come in the same moment, or while SQLite
 * works, go to it as one: what a small statement costs is less SQLite's work than the way to its thread and back.
 * @see docs/adr/0018-merged-statements.md for the figures
 */
export class SqliteStatements {
  /** Of each statement the form for so many calls. */
  private readonly forms = new Map<Statement, Map<number, Promise<Form>>>();
  private queue = new Map<Statement, Call[]>();
  private isBusy = false;

  constructor(private readonly connection: Database) {}

  /**
   * Runs a statement once.
   * @param statement is compiled once and kept as long as the connection
   * @returns the rows of a SELECT, the number of changed rows of any other
   * @throws {QueryFailedError} also when another call failed that it was merged with
   */
  call(statement: Statement, parameters: object): Promise<Result> {
    return new Promise((resolve, reject) => {
      const call = { parameters: parameters as Parameters, resolve, reject };
      const calls = this.queue.get(statement);
      if (calls) calls.push(call);
      else this.queue.set(statement, [call]);
      if (this.isBusy) return;
      this.isBusy = true;
      setImmediate(() => void this.serve());
    });
  }

  /** Lets go of every statement: a connection that has one does not close. */
  async close(): Promise<void> {
    const forms = [...this.forms.values()].flatMap((some) => [...some.values()]);
    this.forms.clear();
    await Promise.allSettled(forms.map((form) => form.then(finalize)));
  }

  /** One round after the other. Whoever has got a result asks for the next thing before the next round begins. */
  private async serve(): Promise<void> {
    const round = this.queue;
    this.queue = new Map();
    if (round.size === 0) {
      this.isBusy = false;
      return;
    }
    await Promise.all(Array.from(round, ([statement, calls]) => this.serveAll(statement, calls)));
    setImmediate(() => void this.serve());
  }

  private async serveAll(statement: Statement, calls: readonly Call[]): Promise<void> {
    const most = isMergeable(statement) ? MAX_MERGED : 1;
    const parts: Promise<void>[] = [];
    for (let from = 0; from < calls.length; from += most)
      parts.push(this.serveTogether(statement, calls.slice(from, from + most)));
    await Promise.all(parts);
  }

  private async serveTogether(statement: Statement, calls: readonly Call[]): Promise<void> {
    try {
      const results = await this.run(
        statement,
        calls.map(({ parameters }) => parameters),
      );
      calls.forEach(({ resolve }, index) => {
        resolve(results[index] ?? 0);
      });
    } catch (error) {
      for (const { reject } of calls) reject(new QueryFailedError(statement.sql, [], error as Error));
    }
  }

  private async run(statement: Statement, calls: readonly Parameters[]): Promise<readonly Result[]> {
    const { compiled, merged } = await this.formOf(statement, calls.length);
    const { order } = merged ?? statement;
    const values = calls.flatMap((parameters) => order.map((name) => parameters[name]));
    return merged ? merged.share(await rowsOf(compiled, values), calls) : [await changesOf(compiled, values)];
  }

  private formOf(statement: Statement, calls: number): Promise<Form> {
    const forms = this.forms.get(statement) ?? new Map<number, Promise<Form>>();
    const known = forms.get(calls);
    if (known) return known;
    const form = compile(this.connection, statement, calls);
    // Tried anew the next time: it may be the disk that failed.
    form.catch(() => forms.delete(calls));
    this.forms.set(statement, forms.set(calls, form));
    return form;
  }
}

/** Nothing calls back from a statement that could not be compiled: nobody may be given one. */
function compile(connection: Database, statement: Statement, calls: number): Promise<Form> {
  const merged = merge(statement, calls);
  return new Promise((resolve, reject) => {
    const compiled = connection.prepare(merged?.sql ?? statement.sql, (error) => {
      if (error) reject(error);
      else resolve({ compiled, merged });
    });
  });
}

function rowsOf(compiled: Compiled, values: readonly unknown[]): Promise<object[]> {
  return new Promise((resolve, reject) => {
    compiled.all<object>(values, (error, rows) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });
}

function changesOf(compiled: Compiled, values: readonly unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    compiled.run(values, function (this: RunResult, error) {
      if (error) reject(error);
      else resolve(this.changes);
    });
  });
}

function finalize({ compiled }: Form): Promise<void> {
  return new Promise((resolve) => {
    compiled.finalize(() => {
      resolve();
    });
  });
}

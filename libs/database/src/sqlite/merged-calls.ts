/** The values of one call by the names of its parameters. */
export type Parameters = Readonly<Record<string, unknown>>;
/** A row of the driver. */
export type Row = Readonly<Record<string, unknown>>;

/** Merges concurrent calls of one statement into one statement. */
export interface MergedCalls {
  /** The maximum number of calls in one statement. */
  readonly most: number;
  /** Returns the SQL for a number of calls, with the values of the first call, then of the second, and so on. */
  readonly sqlFor: (calls: number) => string;
  /** Returns the rows of each call, in the order of the calls. */
  readonly split: (rows: readonly Row[], calls: readonly Parameters[]) => readonly (readonly Row[])[];
}

/** The same as the maximum number of writes in a transaction. */
const MAX_CALLS = 32;
/** An INSERT that inserts its row or fails: none with `ON CONFLICT`. */
const INSERT_OF_ONE_ROW = /^INSERT INTO [^?]* VALUES (\([?, ]*\))$/;
/** An UPDATE of at most one row, if its condition has no OR. */
const UPDATE_BY_ID = /^(UPDATE (?:(?! WHERE ).)*) WHERE ("id" = \?(?: AND .*)?)$/s;

/**
 * Returns the functions that merge calls of a statement. No call may change the rows of another call.
 * A merged statement that changes rows returns one row for each changed row.
 * @param sql in the form that TypeORM writes for SQLite
 * @param order the name of the parameter of each `?`
 */
export function mergedCalls(sql: string, order: readonly string[]): MergedCalls {
  if (sql.startsWith('SELECT ')) return mergedSelect(sql);
  const [, values] = INSERT_OF_ONE_ROW.exec(sql) ?? [];
  if (values !== undefined) return mergedInsert(sql, values);
  const [, change, condition] = UPDATE_BY_ID.exec(sql) ?? [];
  if (change !== undefined && condition !== undefined && !hasAlternative(condition))
    return mergedUpdate(change, condition, order);
  return { most: 1, sqlFor: () => `${sql} RETURNING 1`, split: (rows) => [rows] };
}

/** Merges SELECTs by `UNION ALL`, with a column for the number of the call. */
function mergedSelect(sql: string): MergedCalls {
  const select = (_: unknown, call: number) => `SELECT ${call} AS "#call", * FROM (${sql})`;
  return {
    most: MAX_CALLS,
    sqlFor: (calls) => Array.from({ length: calls }, select).join(' UNION ALL '),
    split: (rows, calls) => {
      const split = calls.map((): Row[] => []);
      for (const row of rows) split[Number(row['#call'])]?.push(row);
      return split;
    },
  };
}

/** Merges INSERTs into one with several rows. */
function mergedInsert(sql: string, values: string): MergedCalls {
  return {
    most: MAX_CALLS,
    sqlFor: (calls) => `${sql}${`, ${values}`.repeat(calls - 1)} RETURNING 1`,
    split: (rows) => rows.map((row) => [row]),
  };
}

/** Merges UPDATEs into one that is joined with a list of values. The returned ids show which calls changed a row. */
function mergedUpdate(change: string, condition: string, order: readonly string[]): MergedCalls {
  let columns = 0;
  const joined = (part: string) => part.replaceAll('?', () => `call.column${(columns += 1)}`);
  const head = `${joined(change)} FROM (VALUES `;
  const id = order[columns] ?? '';
  const tail = `) AS call WHERE ${joined(condition)} RETURNING "id"`;
  const values = `(${order.map(() => '?').join(', ')})`;
  return {
    most: MAX_CALLS,
    sqlFor: (calls) => head + Array(calls).fill(values).join(', ') + tail,
    split: (rows, calls) => calls.map((call) => rows.filter((row) => row['id'] === call[id])),
  };
}

/** Returns whether a condition has an OR outside of parentheses. */
function hasAlternative(condition: string): boolean {
  const outside = condition.replace(/\([^()]*\)/g, '');
  return outside === condition ? /\bor\b/i.test(condition) : hasAlternative(outside);
}

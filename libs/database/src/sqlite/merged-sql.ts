/** A statement as TypeORM wrote it, with `?` where a value goes. */
export interface Statement {
  readonly sql: string;
  /** The name of the parameter each `?` stands for; one name may stand several times. */
  readonly order: readonly string[];
  /** The parameter that is the `id` of the one row an UPDATE changes. Without it, UPDATEs are not merged. */
  readonly rowId?: string | undefined;
}

/** The values of one call by their names. */
export type Parameters = Readonly<Record<string, unknown>>;
/** What one call gives: the rows of a SELECT, or how many rows were changed. */
export type Result = readonly object[] | number;

/** Several calls of one statement as one. */
export interface Merged {
  readonly sql: string;
  /** The names of the values that go into it, for each call in turn. */
  readonly order: readonly string[];
  /** What each call gives, of the rows that all of them gave. */
  readonly share: (rows: readonly object[], calls: readonly Parameters[]) => readonly Result[];
}

/** An insert that either succeeds or fails: one that may ignore its row ends with `ON CONFLICT …`. */
const ONE_ROW = /^INSERT INTO [^?]* VALUES \([?, ]*\)$/;

/** A column that tells which call a row is of. */
const CALL = '#call';

/** Whether a statement is a SELECT, or inserts one row or fails, or changes one row by its id. */
export function isMergeable({ sql, rowId }: Statement): boolean {
  return sql.startsWith('SELECT ') || ONE_ROW.test(sql) || (sql.startsWith('UPDATE ') && rowId !== undefined);
}

/**
 * The SQL that does what so many calls of a statement do, as long as no call touches the rows of another.
 * @returns undefined for a statement that has no such form
 */
export function merge(statement: Statement, calls: number): Merged | undefined {
  if (!isMergeable(statement)) return undefined;
  const { sql, order, rowId = '' } = statement;
  if (sql.startsWith('SELECT ')) return { sql: mergedSelect(sql, calls), order, share: rowsByCall };
  if (sql.startsWith('INSERT ')) return { sql: mergedInsert(sql, calls), order, share: oneEach };
  const names = [...new Set(order)];
  return { sql: mergedUpdate(sql, order, names, calls), order: names, share: countById(rowId) };
}

function mergedSelect(sql: string, calls: number): string {
  const selects = Array.from({ length: calls }, (_, call) => `SELECT ${call} AS "${CALL}", * FROM (${sql})`);
  return selects.join(' UNION ALL ');
}

function rowsByCall(rows: readonly object[], calls: readonly Parameters[]): object[][] {
  const shares = calls.map((): object[] => []);
  for (const row of rows) shares[(row as { [CALL]: number })[CALL]]?.push(row);
  return shares;
}

function mergedInsert(sql: string, calls: number): string {
  const [head, row] = split(sql, ' VALUES ');
  return `${head} VALUES ${Array(calls).fill(row).join(', ')}`;
}

const oneEach = (_: unknown, calls: readonly Parameters[]) => calls.map(() => 1);

function mergedUpdate(sql: string, order: readonly string[], names: readonly string[], calls: number) {
  let used = 0;
  const columnOf = () => `call.column${names.indexOf(order[used++] ?? '') + 1}`;
  const [change, where] = split(sql.replaceAll('?', columnOf), ' WHERE ');
  const row = `(${names.map(() => '?').join(', ')})`;
  const values = Array(calls).fill(row).join(', ');
  return `${change} FROM (VALUES ${values}) AS call WHERE ${where} RETURNING id`;
}

const countById = (rowId: string) => (rows: readonly object[], calls: readonly Parameters[]) => {
  const changed = new Set(rows.map((row) => (row as { id: unknown }).id));
  return calls.map((parameters) => (changed.has(parameters[rowId]) ? 1 : 0));
};

function split(sql: string, at: string): [string, string] {
  const index = sql.indexOf(at);
  return [sql.slice(0, index), sql.slice(index + at.length)];
}

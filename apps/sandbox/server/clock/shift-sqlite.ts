import { createRequire } from 'node:module';

/** How the service asks SQLite for the time. */
const NOW = "unixepoch('subsec')";

type Method = (this: unknown, ...values: unknown[]) => unknown;
interface Statement extends Record<string, Method> {
  finalize: Method;
}

/**
 * Makes the clock of SQLite go ahead too. SQLite reads the machine's clock, so each statement that asks for the time is
 * rewritten, and prepared again when the clock has moved.
 */
export function shiftSqlite(aheadMs: () => number): void {
  const { Database } = createRequire(import.meta.url)('sqlite3') as {
    Database: { prototype: Record<string, Method> };
  };
  const { prototype } = Database;
  const shifted = (sql: unknown) => String(sql).replaceAll(NOW, `(${NOW} + ${aheadMs() / 1000})`);
  for (const name of ['run', 'get', 'all', 'each', 'exec']) {
    const original = prototype[name];
    if (!original) continue;
    prototype[name] = function (sql, ...rest) {
      return original.call(this, shifted(sql), ...rest);
    };
  }
  const prepare = prototype['prepare'];
  if (!prepare) return;
  prototype['prepare'] = function (sql, ...rest) {
    if (!String(sql).includes(NOW)) return prepare.call(this, sql, ...rest);
    let preparedFor = aheadMs();
    let statement = prepare.call(this, shifted(sql), ...rest) as Statement;
    const current = (): Statement => {
      if (preparedFor !== aheadMs()) {
        statement.finalize();
        statement = prepare.call(this, shifted(sql)) as Statement;
        preparedFor = aheadMs();
      }
      return statement;
    };
    const forward =
      (name: string) =>
      (...values: unknown[]) =>
        current()[name]?.(...values);
    return Object.fromEntries(['run', 'get', 'all', 'finalize'].map((name) => [name, forward(name)]));
  };
}

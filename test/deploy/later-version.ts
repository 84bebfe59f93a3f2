import { execute, rows } from '../support/rows.js';

/** What the rows that were there already have in the first added column. */
export const KEPT = 'kept';
/** What every row has in the second added column. */
export const DEFAULT = 'later';
const MIGRATION = 'Later9000000000000';

/** Does to the tables all that docs/rolling-deploys.md allows a migration of the next version to do. */
export async function expand(url: string): Promise<void> {
  for (const table of await tablesOf(url)) {
    await execute(url, `ALTER TABLE ${table} ADD COLUMN later_nullable varchar(16) NULL`);
    await execute(
      url,
      `ALTER TABLE ${table} ADD COLUMN later_default varchar(16) NOT NULL DEFAULT '${DEFAULT}'`,
    );
    await execute(url, `CREATE INDEX ix_${table}_later_default ON ${table} (later_default)`);
  }
  await execute(url, 'CREATE TABLE later_things (id varchar(36) PRIMARY KEY)');
  await execute(url, `INSERT INTO migrations (timestamp, name) VALUES (9000000000000, '${MIGRATION}')`);
}

/** Fills the added column of what is stored now, as the next version does. */
export async function fill(url: string): Promise<void> {
  for (const table of await tablesOf(url))
    await execute(url, `UPDATE ${table} SET later_nullable = '${KEPT}'`);
}

/** Whether the migration of {@link expand} was not undone. */
export async function isStillDone(url: string): Promise<boolean> {
  return (await rows(url, `SELECT name FROM migrations WHERE name = '${MIGRATION}'`)).length === 1;
}

/** Every table of the service. */
async function tablesOf(url: string): Promise<string[]> {
  const schema = url.startsWith('mysql:') ? 'database()' : "'public'";
  const sql = url.startsWith('sqlite:')
    ? "SELECT name FROM sqlite_master WHERE type = 'table'"
    : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schema}`;
  const names = (await rows<{ name: string }>(url, sql)).map(({ name }) => name);
  return names.filter((name) => !/^(migrations|sqlite_.*|later_.*)$/.test(name));
}

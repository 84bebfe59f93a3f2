import { databaseKind } from './database.js';
import { execute } from './rows.js';

/**
 * Makes the database fail at a statement: `UPDATE ON users`, `UPDATE OF nickname ON users`.
 * @returns removes the fault
 */
export async function plantFault(url: string, statement: string): Promise<() => Promise<void>> {
  const [event = '', table = ''] = statement.split(' ON ');
  switch (databaseKind) {
    case 'postgres':
      await execute(
        url,
        "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$",
      );
      await execute(url, `CREATE TRIGGER fault BEFORE ${statement} FOR EACH ROW EXECUTE FUNCTION planted()`);
      return () => execute(url, 'DROP FUNCTION planted CASCADE');
    case 'mysql':
      // MySQL has no triggers for single columns.
      await execute(
        url,
        `CREATE TRIGGER fault BEFORE ${event.split(' ')[0] ?? ''} ON ${table} FOR EACH ROW SIGNAL SQLSTATE '45000'`,
      );
      break;
    default:
      await execute(
        url,
        `CREATE TRIGGER fault BEFORE ${statement} BEGIN SELECT RAISE(ABORT, 'planted'); END`,
      );
  }
  return () => execute(url, 'DROP TRIGGER fault');
}

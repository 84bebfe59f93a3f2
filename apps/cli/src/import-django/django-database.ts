import sqlite3 from 'sqlite3';

/** A row of `auth_user` with the `items` of its profile, as they stand in the file. */
export interface DjangoRow {
  readonly id: number;
  readonly username: string;
  readonly is_active: number;
  readonly is_staff: number;
  readonly is_superuser: number;
  readonly date_joined: string;
  readonly items: unknown;
}

/** The SQLite file of a Django project, opened for reading only. */
export class DjangoDatabase {
  private constructor(
    private readonly database: sqlite3.Database,
    private readonly profileTable: string,
  ) {}

  /**
   * @param profileTable the table of the model with `user` and `items`; undefined: the one whose name ends with `_profile`
   * @throws {Error} for a file that is no such database, or with several such tables
   */
  static async open(file: string, profileTable?: string): Promise<DjangoDatabase> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) => {
        if (error) reject(new Error(`${file} does not open: ${error.message}`, { cause: error }));
        else resolve(opened);
      });
    });
    try {
      return new DjangoDatabase(database, await findProfileTable(database, file, profileTable));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** All users in the order of their ids, so many at a time. */
  async *batches(size: number): AsyncGenerator<DjangoRow[]> {
    const sql = `SELECT u.id, u.username, u.is_active, u.is_staff, u.is_superuser, u.date_joined, p.items
      FROM auth_user u LEFT JOIN ${quoted(this.profileTable)} p ON p.user_id = u.id
      WHERE u.id > ? ORDER BY u.id LIMIT ?`;
    for (let after = -1; ;) {
      const rows = await query<DjangoRow>(this.database, sql, [after, size]);
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      after = last.id;
    }
  }

  close(): void {
    this.database.close();
  }
}

async function findProfileTable(database: sqlite3.Database, file: string, wanted?: string): Promise<string> {
  const tables = await query<{ name: string }>(
    database,
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  );
  const names = tables.map(({ name }) => name);
  if (!names.includes('auth_user'))
    throw new Error(`${file} has no table auth_user: is it the database of a Django project?`);
  const candidates: string[] = [];
  for (const name of names.filter((name) =>
    wanted === undefined ? name.endsWith('_profile') : name === wanted,
  )) {
    const columns = await query<{ name: string }>(database, `PRAGMA table_info(${quoted(name)})`);
    if (['user_id', 'items'].every((needed) => columns.some((column) => column.name === needed)))
      candidates.push(name);
  }
  const [table, ...others] = candidates;
  if (table === undefined)
    throw new Error(`${file} has no table ${wanted ?? '…_profile'} with the columns user_id and items`);
  if (others.length > 0)
    throw new Error(`Which table has the items? --profile-table ${candidates.join(' | ')}`);
  return table;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function query<Row>(database: sqlite3.Database, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    database.all<Row>(sql, parameters, (error, rows) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });
}

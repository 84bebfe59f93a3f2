import sqlite3 from 'sqlite3';

/** Another process may hold a lock for a moment, when it opens or closes the file. */
const BUSY_TIMEOUT_MS = 10_000;

/** A SQLite file, opened for reading only. */
export class SqliteFile {
  private constructor(private readonly database: sqlite3.Database) {}

  /** @throws {Error} of SQLite, with its code */
  static open(path: string): Promise<SqliteFile> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) => {
        if (error) reject(error);
        else resolve(new SqliteFile(database));
      });
      database.configure('busyTimeout', BUSY_TIMEOUT_MS);
    });
  }

  /** Returns the rows of a statement. */
  rows<Row>(sql: string, parameters: readonly string[] = []): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.database.all<Row>(sql, parameters, (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.close((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}

import sqlite3 from 'sqlite3';

/** Reads the database behind the service's back, as committed. */
export function rows<Row = Record<string, unknown>>(file: string, sql: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY);
    database.all<Row>(sql, (error, found) => {
      database.close();
      if (error) reject(error);
      else resolve(found);
    });
  });
}

/** Changes the database behind the service's back, as another process would. */
export function execute(file: string, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file);
    database.run(sql, (error) => {
      database.close();
      if (error) reject(error);
      else resolve();
    });
  });
}

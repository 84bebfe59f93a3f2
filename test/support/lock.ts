import sqlite3 from 'sqlite3';
import { fileOf } from './rows.js';

/**
 * Another process's write lock on the database.
 * @returns what gives it back
 */
export async function lock(url: string): Promise<() => Promise<void>> {
  const other = new sqlite3.Database(fileOf(url));
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) =>
      other.run(sql, (error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  await run('BEGIN EXCLUSIVE');
  return async () => {
    await run('ROLLBACK');
    await new Promise((resolve) => {
      other.close(resolve);
    });
  };
}

import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';
import { fileOf } from './rows.js';

/**
 * Takes a write lock as another process does: on SQLite on the whole file, else on one table.
 * @returns releases the lock
 */
export function lock(url: string, table: string): Promise<() => Promise<void>> {
  return url.startsWith('sqlite:') ? lockFile(fileOf(url)) : lockTable(url, table);
}

async function lockFile(file: string): Promise<() => Promise<void>> {
  const other = new sqlite3.Database(file);
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

async function lockTable(url: string, table: string): Promise<() => Promise<void>> {
  const other = new DataSource(dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 }));
  await other.initialize();
  const runner = other.createQueryRunner();
  await runner.startTransaction();
  await runner.query(url.startsWith('mysql:') ? `LOCK TABLES ${table} WRITE` : `LOCK TABLE ${table}`);
  return async () => {
    if (url.startsWith('mysql:')) await runner.query('UNLOCK TABLES');
    await runner.rollbackTransaction();
    await runner.release();
    await other.destroy();
  };
}

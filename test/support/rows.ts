import { existsSync, readFileSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';

/** Reads committed rows of the database of a `DATABASE_URL`, on a connection of its own. */
export function rows<Row = Record<string, unknown>>(url: string, sql: string): Promise<Row[]> {
  return url.startsWith('sqlite:') ? onFile<Row>(url, sqlite3.OPEN_READONLY, sql) : onServer<Row>(url, sql);
}

/** Changes the database of a `DATABASE_URL`, as another process does. */
export async function execute(url: string, sql: string): Promise<void> {
  if (url.startsWith('sqlite:')) await onFile(url, sqlite3.OPEN_READWRITE, sql);
  else await onServer(url, sql);
}

/** Returns the whole database as one text: of SQLite the bytes of its files, which include deleted rows. */
export async function everythingIn(url: string): Promise<string> {
  if (url.startsWith('sqlite:')) {
    const files = ['', '-wal'].map((suffix) => fileOf(url) + suffix).filter((file) => existsSync(file));
    return files.map((file) => readFileSync(file, 'latin1')).join('');
  }
  const schema = url.startsWith('mysql:') ? 'database()' : "'public'";
  const sql = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schema}`;
  const tables = await rows<{ name: string }>(url, sql);
  const contents: Record<string, unknown> = {};
  for (const { name } of tables) contents[name] = await rows(url, `SELECT * FROM ${name}`);
  return JSON.stringify(contents);
}

/** Returns the file of a `sqlite:` URL. */
export const fileOf = (url: string): string => url.slice('sqlite:'.length);

function onFile<Row>(url: string, mode: number, sql: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(fileOf(url), mode);
    // Beside a service that writes without a pause, a lock may take long.
    database.configure('busyTimeout', 30_000);
    database.serialize();
    // As the service does: a write of a test must not leave the old row in the file.
    database.run('PRAGMA secure_delete = ON');
    database.all<Row>(sql, (error, found) => {
      database.close();
      if (error) reject(error);
      else resolve(found);
    });
  });
}

async function onServer<Row>(url: string, sql: string): Promise<Row[]> {
  const dataSource = new DataSource(dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 }));
  await dataSource.initialize();
  try {
    return await dataSource.query<Row[]>(sql);
  } finally {
    await dataSource.destroy();
  }
}

import { createReader, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import type { Tables } from './database-feature.js';

/**
 * Creates or updates the tables of a database as a start of the service does. Creates the file of SQLite.
 * @throws {Error} if the database cannot be used, or if its server does not answer
 */
export async function migrateDatabase(url: string, tables: Tables): Promise<void> {
  const options = dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
  const reader = await createReader({ ...options, ...tables });
  const database = await Database.open(reader);
  try {
    if (!database.isOpen) throw new Error('the server does not answer');
  } finally {
    await database.onApplicationShutdown();
    if (reader.isInitialized) await reader.destroy();
  }
}

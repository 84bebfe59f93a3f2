import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Server } from './server.js';

/**
 * Brings the tables up to date. Of instances that start at once one does it and the others wait. It takes as long as it
 * takes: large tables need time.
 */
export async function migrate(server: Server, options: DataSourceOptions): Promise<void> {
  // One connection holds the lock, the other works.
  const dataSource = new DataSource({ ...options, entities: [], poolSize: 2 } as DataSourceOptions);
  await dataSource.initialize();
  const holder = dataSource.createQueryRunner();
  try {
    await server.lockSchema(holder);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await holder.release();
    await dataSource.destroy();
  }
}

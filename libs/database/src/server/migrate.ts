import { DataSource, type DataSourceOptions } from 'typeorm';
import { assertMigrated } from '../missing-migrations.js';
import type { ServerDataSource } from './server-data-source.js';

/**
 * Runs the pending migrations. If several instances start together, one migrates and the others wait. There is no
 * deadline, because a migration of large tables takes long.
 * @throws {MissingMigrationError} if an entity still lacks its table or a column
 */
export async function migrate({ server, options, entityMetadatas }: ServerDataSource): Promise<void> {
  // One connection holds the lock, the other works.
  const dataSource = new DataSource({ ...options, entities: [], poolSize: 2 } as DataSourceOptions);
  await dataSource.initialize();
  const holder = dataSource.createQueryRunner();
  try {
    await server.lockSchema(holder);
    await dataSource.runMigrations({ transaction: 'each' });
    await assertMigrated(dataSource, entityMetadatas);
  } finally {
    await holder.release();
    await dataSource.destroy();
  }
}

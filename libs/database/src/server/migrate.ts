import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions, MigrationExecutor, type QueryRunner } from 'typeorm';
import { assertMigrated } from '../missing-migrations.js';
import type { Server } from './server.js';
import type { ServerDataSource } from './server-data-source.js';

const TRY_EVERY_MS = 500;

/**
 * Runs the pending migrations. If several instances start together, one migrates and the others wait, which they log. There
 * is no deadline, because a migration of large tables takes long. Without a pending migration no lock is taken.
 * @throws {MissingMigrationError} if an entity still lacks its table or a column
 */
export async function migrate({ server, options, entityMetadatas }: ServerDataSource): Promise<void> {
  // One connection holds the lock, the other one runs the migrations.
  const dataSource = new DataSource({ ...options, entities: [], poolSize: 2 } as DataSourceOptions);
  await dataSource.initialize();
  try {
    const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
    if (pending.length > 0) await runLocked(dataSource, server);
    await assertMigrated(dataSource, entityMetadatas);
  } finally {
    await dataSource.destroy();
  }
}

/** Runs what is still pending under the lock. It is held by an open transaction, which a pooler keeps on one connection. */
async function runLocked(dataSource: DataSource, server: Server): Promise<void> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query(server.begin);
    await waitForLock(holder, server);
    const migrating = dataSource.runMigrations({ transaction: 'each' });
    // A server or a pooler may end a transaction that is idle for long, and the lock with it.
    while ((await Promise.race([migrating, sleep(TRY_EVERY_MS)])) === undefined)
      await holder.query('SELECT 1');
    await holder.query('COMMIT');
  } finally {
    await holder.release();
  }
}

async function waitForLock(holder: QueryRunner, server: Server): Promise<void> {
  if (await server.tryLockSchema(holder)) return;
  const logger = new Logger('Database');
  logger.log('another instance migrates the database: waiting for it');
  while (!(await server.tryLockSchema(holder))) await sleep(TRY_EVERY_MS);
  logger.log('the other instance has migrated the database');
}

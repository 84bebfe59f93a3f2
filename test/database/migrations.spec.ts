import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../apps/api/src/create-app.js';
import { loadConfig } from '../../libs/config/src/index.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

describe('migrations', () => {
  const databaseUrl = useDatabase();
  let app: NestFastifyApplication;
  let described: DataSource;

  beforeAll(async () => {
    app = await createApp(
      loadConfig({ SECRET_KEY, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', NODE_ENV: 'test' }),
    );
    described = new DataSource(app.get<DataSource>(getDataSourceToken()).options);
    await described.initialize();
  });
  afterAll(async () => {
    await described.destroy();
    await app.close();
  });

  // Of MariaDB, TypeORM reads back types and defaults otherwise than it wrote them, and calls that differences.
  if (databaseKind !== 'mysql') {
    it('create exactly the tables that the entities describe', async () => {
      const { upQueries } = await described.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
      expect(described.entityMetadatas.length).toBeGreaterThanOrEqual(5);
    });
  } else {
    it('create MySQL columns whose collation is case-sensitive', async () => {
      const texts = await rows<{ name: string }>(
        databaseUrl,
        'SELECT DISTINCT collation_name AS name FROM information_schema.columns ' +
          "WHERE table_schema = database() AND table_name <> 'migrations' AND collation_name IS NOT NULL",
      );
      expect(texts).toEqual([{ name: 'utf8mb4_bin' }]);
    });
  }
});

import type { INestApplicationContext, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Column,
  DataSource,
  Entity,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
} from 'typeorm';
import { describe, expect, it } from 'vitest';
import { AppModule } from '../../apps/api/src/app.module.js';
import { ConfigModule, loadConfig } from '../../libs/config/src/index.js';
import { Database, DatabaseModule, insertRow, schema } from '../../libs/database/src/index.js';
import { useDatabase } from '../support/database.js';
import { rows } from '../support/rows.js';
import { SECRET_KEY } from '../support/stack.js';

@Entity('parcels')
class Parcel {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  readonly id!: string;
  @Column({ type: 'varchar', length: 64 })
  readonly note!: string;
}

/** As released by another team, years before the migrations of this service. */
class CreateParcels1600000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(schema.tableFor(runner, { name: 'parcels', columns: [schema.primaryId()] }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('parcels');
  }
}

class AddNote1600000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('parcels', schema.columnFor(runner, schema.text('note', 64)));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('parcels', 'note');
  }
}

@Module({ imports: [DatabaseModule.forFeature({ entities: [Parcel] })] })
class WithoutMigration {}

@Module({
  imports: [DatabaseModule.forFeature({ entities: [Parcel], migrations: [CreateParcels1600000000000] })],
})
class WithoutColumn {}

@Module({
  imports: [
    DatabaseModule.forFeature({
      entities: [Parcel],
      migrations: [AddNote1600000000001, CreateParcels1600000000000],
    }),
  ],
})
class Complete {}

describe('the module of a lib, imported next to the app module', () => {
  const databaseUrl = useDatabase();

  async function within<T>(
    lib: Type<object> | undefined,
    work: (app: INestApplicationContext) => Promise<T>,
  ): Promise<T> {
    const config = loadConfig({ SECRET_KEY, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' });
    const app = await NestFactory.createApplicationContext(
      { module: AppModule, imports: [ConfigModule.forRoot(config), ...(lib ? [lib] : [])] },
      { logger: false, abortOnError: false },
    );
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  }
  const idle = () => Promise.resolve();

  it('stops the start with the name of an entity whose table no migration creates', async () => {
    await within(undefined, idle);
    await expect(within(WithoutMigration, idle)).rejects.toThrow(
      'The entity Parcel has no migration: none creates the table parcels.',
    );
  });

  it('stops the start with the name of an entity whose column no migration creates', async () => {
    await expect(within(WithoutColumn, idle)).rejects.toThrow(
      'The entity Parcel has no migration: none creates the column parcels.note.',
    );
  });

  it('adds its migrations by their timestamps to a database in use', async () => {
    await within(Complete, async (app) => {
      await app.get(Database).write((manager) => insertRow(manager, Parcel, { id: 'p1', note: 'fragile' }));
      const found = await app.get(DataSource).getRepository(Parcel).find();
      expect(found).toEqual([{ id: 'p1', note: 'fragile' }]);
    });
    const names = await rows<{ name: string }>(databaseUrl, 'SELECT name FROM migrations ORDER BY id');
    expect(names.map(({ name }) => name).slice(-2)).toEqual([
      'CreateParcels1600000000000',
      'AddNote1600000000001',
    ]);
  });

  it('adds nothing to an application that does not import it', async () => {
    const entities = await within(undefined, (app) => {
      return Promise.resolve(app.get(DataSource).entityMetadatas.map(({ name }) => name));
    });
    expect(entities).not.toContain('Parcel');
    expect(entities).toContain('User');
  });
});

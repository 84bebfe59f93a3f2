import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/config';
import { createReader, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';
import { collectTables, DATABASE_FEATURE, type DatabaseFeature } from './database-feature.js';

@Module({})
class DatabaseFeatureModule {}

/** Provides the database of `DATABASE_URL`: repositories for reads, {@link Database} for writes. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config, ModulesContainer],
      useFactory: (config: Config, modules: ModulesContainer) => ({
        ...dataSourceOptions(config),
        ...collectTables(modules),
        // Database opens the connections and retries.
        manualInitialization: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: createReader,
    }),
  ],
  providers: [
    { provide: Database, inject: [getDataSourceToken()], useFactory: Database.open.bind(Database) },
  ],
  exports: [Database],
})
export class DatabaseModule {
  /**
   * Registers the entities and migrations of a lib, and exports the repositories of these entities.
   * The start fails if an entity has a table or column that no migration creates.
   */
  static forFeature(feature: DatabaseFeature): DynamicModule {
    return {
      module: DatabaseFeatureModule,
      imports: [TypeOrmModule.forFeature([...feature.entities])],
      providers: [{ provide: DATABASE_FEATURE, useValue: feature }],
      exports: [TypeOrmModule],
    };
  }
}

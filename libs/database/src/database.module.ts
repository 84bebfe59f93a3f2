import { Global, Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/config';
import { createReader, dataSourceOptions } from './data-source.js';
import { Database } from './database.js';

/** The database of `DATABASE_URL`: repositories for reading, {@link Database} for writing. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config),
        autoLoadEntities: true,
        // Database opens it, and knows how long to try.
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
export class DatabaseModule {}

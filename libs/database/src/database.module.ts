import { Global, Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/config';
import { Database } from './database.js';
import { openSqliteReader, sqliteOptions } from './sqlite/sqlite.js';

/** The database of `DATABASE_URL`: repositories for reading, {@link Database} for writing. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        ...sqliteOptions(config.databaseUrl),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: openSqliteReader,
    }),
  ],
  providers: [
    { provide: Database, inject: [getDataSourceToken()], useFactory: Database.open.bind(Database) },
  ],
  exports: [Database],
})
export class DatabaseModule {}

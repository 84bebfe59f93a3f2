import type { Database } from 'sqlite3';
import { DataSource } from 'typeorm';
import { SqliteStatements } from './sqlite-statements.js';

/** A connection to a SQLite file. */
export class SqliteDataSource extends DataSource {
  private ownStatements: SqliteStatements | undefined;

  /** The compiled statements of its hot paths. */
  get statements(): SqliteStatements {
    return (this.ownStatements ??= new SqliteStatements(connectionOf(this)));
  }

  override async destroy(): Promise<void> {
    await this.ownStatements?.close();
    await super.destroy();
  }
}

/** The driver's own connection, which TypeORM keeps to itself. */
const connectionOf = ({ driver }: DataSource): Database =>
  (driver as unknown as { databaseConnection: Database }).databaseConnection;

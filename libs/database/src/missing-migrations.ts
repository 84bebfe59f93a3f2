import { type DataSource, type EntityMetadata, TypeORMError } from 'typeorm';
import { type Dialect, dialectOf } from './dialect.js';

/** Reports that an entity has a table or column that no migration created. */
export class MissingMigrationError extends TypeORMError {}

const COLUMNS: Readonly<Record<Dialect, string>> = {
  sqlite: `SELECT t.name AS "table", c.name AS "column"
    FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type IN ('table', 'view')`,
  postgres: `SELECT table_name AS "table", column_name AS "column"
    FROM information_schema.columns WHERE table_schema = current_schema()`,
  mysql: `SELECT table_name AS \`table\`, column_name AS \`column\`
    FROM information_schema.columns WHERE table_schema = database()`,
};

/**
 * Compares the entities with a migrated database, in one query. Types and indexes are not compared.
 * @throws {MissingMigrationError} that names the entity
 */
export async function assertMigrated(
  migrated: DataSource,
  entities: readonly EntityMetadata[],
): Promise<void> {
  const rows = await migrated.query<{ table: string; column: string }[]>(COLUMNS[dialectOf(migrated)]);
  const columns = new Set(rows.map(({ table, column }) => `${table}.${column}`));
  const tables = new Set(rows.map(({ table }) => table));
  for (const { name, tableName, columns: described } of entities) {
    if (!tables.has(tableName)) throw missing(name, `table ${tableName}`);
    const column = described.find(({ databaseName }) => !columns.has(`${tableName}.${databaseName}`));
    if (column) throw missing(name, `column ${tableName}.${column.databaseName}`);
  }
}

const missing = (entity: string, part: string) =>
  new MissingMigrationError(
    `The entity ${entity} has no migration: none creates the ${part}. ` +
      'Add one to the migrations of DatabaseModule.forFeature.',
  );

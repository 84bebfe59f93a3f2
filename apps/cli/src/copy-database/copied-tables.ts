import type { DataSource, EntityMetadata } from 'typeorm';
import { CopiedColumn } from './copied-column.js';

/** A table of the entities, in one of the two databases. */
export interface CopiedTable {
  readonly name: string;
  /** The name, quoted, with its schema. */
  readonly path: string;
  readonly columns: readonly CopiedColumn[];
  /** The columns of the primary key. */
  readonly keys: readonly CopiedColumn[];
}

/** Returns the tables of all entities. A table comes after those that its foreign keys reference. */
export function copiedTables(dataSource: DataSource): CopiedTable[] {
  const ordered = new Set<EntityMetadata>();
  const visited = new Set<EntityMetadata>();
  const visit = (metadata: EntityMetadata): void => {
    if (visited.has(metadata)) return;
    visited.add(metadata);
    for (const { referencedEntityMetadata } of metadata.foreignKeys) visit(referencedEntityMetadata);
    ordered.add(metadata);
  };
  dataSource.entityMetadatas.forEach(visit);
  // The table of child entities is the one of their parent, which has their columns too.
  return [...ordered]
    .filter(({ tableType }) => tableType !== 'view' && tableType !== 'entity-child')
    .map((metadata) => tableOf(dataSource, metadata));
}

function tableOf(dataSource: DataSource, metadata: EntityMetadata): CopiedTable {
  // Two properties of an entity may share a column, for example a relation and its id.
  const byName = new Map(metadata.columns.map((column) => [column.databaseName, column]));
  const columns = [...byName.values()].map((column) => new CopiedColumn(dataSource, column));
  return {
    name: metadata.tableName,
    path: quoted(dataSource, metadata.tablePath),
    columns,
    keys: columns.filter(({ metadata: { isPrimary } }) => isPrimary),
  };
}

/** Returns a name, with or without a schema, quoted for the database. */
const quoted = ({ driver }: DataSource, path: string): string =>
  path
    .split('.')
    .map((part) => driver.escape(part))
    .join('.');

/** Returns the nth placeholder of a statement, from 1. */
export const placeholder = ({ options }: DataSource, index: number): string =>
  options.type === 'postgres' ? `$${index}` : '?';

import type { DataSource } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { dialectOf } from '@app/database';

/** What a column stores. Each database has its own names of types. */
type ColumnKind = 'integer' | 'decimal' | 'float' | 'instant' | 'json' | 'bytes' | 'text';

/** The types of TypeORM of each kind. Every other type is `text`. */
const KINDS: readonly (readonly [ColumnKind, RegExp])[] = [
  ['integer', /^(bool|boolean|(tiny|small|medium|big)?int|int[248]|integer|unsigned big int)$/],
  ['decimal', /^(dec|decimal|numeric|fixed)$/],
  ['float', /^(real|float[48]?|double( precision)?)$/],
  ['instant', /^(datetime|timestamp|timestamptz|timestamp with(out)? time zone)$/],
  ['json', /^jsonb?$/],
  ['bytes', /^(bytea|(tiny|medium|long)?blob|(var)?binary)$/],
];

/** A column of one of the two databases. */
export class CopiedColumn {
  /** The name, quoted. */
  readonly name: string;
  /** Whether the database computes the value from other columns. */
  readonly isComputed: boolean;
  /** Whether the database numbers the rows. */
  readonly isNumbered: boolean;
  /** SQL for the value. */
  readonly selected: string;
  private readonly kind: ColumnKind;
  /** Without a transformer: an entity may give the application something else than what is stored. */
  private readonly stored: ColumnMetadata;

  constructor(
    private readonly dataSource: DataSource,
    readonly metadata: ColumnMetadata,
  ) {
    const { driver } = dataSource;
    const type = driver.normalizeType(metadata);
    this.name = driver.escape(metadata.databaseName);
    this.isComputed = metadata.generatedType !== undefined;
    this.isNumbered = metadata.isGenerated && metadata.generationStrategy === 'increment';
    this.kind = KINDS.find(([, types]) => types.test(type))?.[0] ?? 'text';
    this.selected = this.select(type);
    this.stored = Object.create(metadata, { transformer: { value: undefined } }) as ColumnMetadata;
  }

  /** Returns the value of the driver as the same value in every database: a text, a number, a date or bytes. */
  read(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (this.kind !== 'instant') return value;
    return this.dataSource.driver.prepareHydratedValue(value, this.stored) as unknown;
  }

  /** Returns the parameter that stores a value of {@link read}. All three databases read numbers and booleans from text. */
  written(value: unknown): unknown {
    if (!(value instanceof Date)) return value;
    return this.dataSource.driver.preparePersistentValue(value, this.stored) as unknown;
  }

  /** Returns a value of {@link read} in the one spelling that is hashed. */
  canonical(value: unknown): unknown {
    if (value === null) return null;
    if (value instanceof Date) return value.getTime();
    if (Buffer.isBuffer(value)) return value.toString('base64');
    // SQLite stores 1.50 as 1.5.
    if (this.kind === 'decimal') return (value as string).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
    // Databases order the members and space the text of JSON in their own ways.
    if (this.kind === 'json') return sortedMembers(JSON.parse(value as string));
    return value;
  }

  /** Numbers are read as text: JavaScript holds neither a large bigint nor a decimal. A boolean is read as 0 or 1. */
  private select(type: string): string {
    if (['float', 'instant', 'bytes'].includes(this.kind)) return this.name;
    const dialect = dialectOf(this.dataSource);
    const value = type === 'boolean' && dialect === 'postgres' ? `CAST(${this.name} AS integer)` : this.name;
    return `CAST(${value} AS ${dialect === 'mysql' ? 'CHAR' : 'TEXT'}) AS ${this.name}`;
  }
}

/** Returns a JSON value with the members of its objects in the order of their names. */
function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sortedMembers(member)] as const);
  // An array of pairs: an object would move names that are numbers to its front.
  return { members: members.toSorted(([a], [b]) => (a < b ? -1 : 1)) };
}

import type { QueryRunner } from 'typeorm';
import { schema } from '@app/database';
import { placeholder } from './copied-tables.js';
import type { Row } from './read-rows.js';

const TABLE = 'copy_database_progress';
/** The row that names the source. */
const SOURCE = '';

/** What is known of an unfinished copy, stored in the target: a batch and its progress are committed together. */
export class CopyProgress {
  private constructor(
    private readonly runner: QueryRunner,
    /** The name of the source. */
    readonly source: string,
    private readonly keys: Map<string, Row>,
  ) {}

  /** Returns the progress of an unfinished copy, if there is one. */
  static async find(runner: QueryRunner): Promise<CopyProgress | undefined> {
    if (!(await runner.hasTable(TABLE))) return undefined;
    const rows = (await runner.query(`SELECT name, last_key FROM ${TABLE}`)) as {
      name: string;
      last_key: string;
    }[];
    const entries = rows.map(({ name, last_key: key }) => [name, JSON.parse(key) as Row] as const);
    const source = rows.find(({ name }) => name === SOURCE);
    // The process ended between the two statements of begin().
    if (!source) await runner.dropTable(TABLE);
    return source && new CopyProgress(runner, JSON.parse(source.last_key) as string, new Map(entries));
  }

  /** Begins to copy a source. */
  static async begin(runner: QueryRunner, source: string): Promise<CopyProgress> {
    const { document, tableFor, text } = schema;
    const columns = [{ ...text('name', 190), isPrimary: true }, document('last_key')];
    await runner.createTable(tableFor(runner, { name: TABLE, columns }));
    const progress = new CopyProgress(runner, source, new Map());
    await progress.insert(SOURCE, source);
    return progress;
  }

  /** Returns the primary key of the last row that was copied of a table. */
  lastKey(table: string): Row | undefined {
    return this.keys.get(table);
  }

  /** Stores the primary key of the last row. Call it in the transaction that inserts the row. */
  async save(table: string, key: Row): Promise<void> {
    const [first, second] = [1, 2].map((index) => placeholder(this.runner.connection, index));
    if (this.keys.has(table))
      await this.runner.query(`UPDATE ${TABLE} SET last_key = ${first} WHERE name = ${second}`, [
        JSON.stringify(key),
        table,
      ]);
    else await this.insert(table, key);
    this.keys.set(table, key);
  }

  /** Forgets the progress of a finished copy. */
  async end(): Promise<void> {
    await this.runner.dropTable(TABLE);
  }

  private async insert(name: string, key: unknown): Promise<void> {
    const [first, second] = [1, 2].map((index) => placeholder(this.runner.connection, index));
    await this.runner.query(`INSERT INTO ${TABLE} (name, last_key) VALUES (${first}, ${second})`, [
      name,
      JSON.stringify(key),
    ]);
  }
}

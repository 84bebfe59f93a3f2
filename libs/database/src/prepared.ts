import type { DataSource, EntityManager, ObjectLiteral, QueryBuilder } from 'typeorm';
import { SqliteDataSource } from './sqlite/sqlite.js';
import type { SqliteStatement } from './sqlite/sqlite-statement.js';

/** A TypeORM query that becomes one statement. */
type Buildable = Pick<QueryBuilder<ObjectLiteral>, 'getQueryAndParameters'>;

interface Statement {
  readonly sql: string;
  /** The name of the parameter of each placeholder; a name may appear several times. */
  readonly order: readonly string[];
  /** The same statement, compiled; on SQLite only. */
  readonly compiled: SqliteStatement | undefined;
}

/**
 * Runs a statement of a hot path. TypeORM's query builder writes its SQL once for each data source, because building a
 * statement takes longer than SQLite needs to run it. On SQLite, concurrent calls are merged into one statement, so an UPDATE
 * by id must not be called twice at once for one id.
 * @see docs/adr/0010-prepared-statements.md for the figures
 */
export class Prepared<Parameters extends object> {
  /** By data source, because each database has its own SQL dialect. */
  private readonly built = new WeakMap<DataSource, Statement>();

  /** @param build returns the query; it must use every parameter as a value, and no other variable */
  constructor(private readonly build: (manager: EntityManager, parameters: Parameters) => Buildable) {}

  /** Returns the rows of the driver; on SQLite they have one more column. */
  async rows<Row>(manager: EntityManager, parameters: Parameters): Promise<Row[]> {
    const { sql, order, compiled } = this.statement(manager, parameters);
    if (compiled) return (await compiled.run(parameters)) as Row[];
    return manager.query<Row[]>(sql, valuesOf(order, parameters));
  }

  /**
   * Runs a statement that changes rows.
   * @param manager of a {@link Database.write}
   * @returns how many rows it changed
   */
  async change(manager: EntityManager, parameters: Parameters): Promise<number> {
    const { queryRunner } = manager;
    if (!queryRunner) throw new Error('a change belongs inside Database.write');
    const { sql, order, compiled } = this.statement(manager, parameters);
    if (compiled) return (await compiled.run(parameters)).length;
    const { affected } = await queryRunner.query(sql, valuesOf(order, parameters), true);
    return affected ?? 0;
  }

  /**
   * Runs an UPDATE with RETURNING.
   * @param manager of a {@link Database.writeAlone}
   * @returns the rows that it changed
   */
  async returned<Row>(manager: EntityManager, parameters: Parameters): Promise<readonly Row[]> {
    const { queryRunner } = manager;
    if (!queryRunner) throw new Error('a change belongs inside Database.writeAlone');
    const { sql, order } = this.statement(manager, parameters);
    const { records } = await queryRunner.query(sql, valuesOf(order, parameters), true);
    return records as Row[];
  }

  private statement(manager: EntityManager, parameters: Parameters): Statement {
    const { connection } = manager;
    let statement = this.built.get(connection);
    if (!statement) this.built.set(connection, (statement = this.write(manager, Object.keys(parameters))));
    return statement;
  }

  /** Builds the statement with the names of the parameters as values, which yields the order that the driver expects. */
  private write(manager: EntityManager, names: string[]): Statement {
    const { connection } = manager;
    const placeholders = Object.fromEntries(names.map((name) => [name, name])) as Parameters;
    const [sql, values] = this.build(manager, placeholders).getQueryAndParameters();
    const order = values as string[];
    const unknown = order.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`a prepared statement has the constant ${String(unknown[0])}`);
    const compiled = connection instanceof SqliteDataSource ? connection.prepare(sql, order) : undefined;
    return { sql, order, compiled };
  }
}

const valuesOf = (order: readonly string[], parameters: object): unknown[] =>
  order.map((name) => (parameters as Record<string, unknown>)[name]);

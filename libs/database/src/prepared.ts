import type { DataSource, EntityManager, ObjectLiteral, QueryBuilder } from 'typeorm';
import type { Statement } from './sqlite/merged-sql.js';
import { SqliteDataSource } from './sqlite/sqlite-data-source.js';

/** Anything of TypeORM's that becomes one statement. */
type Buildable = Pick<QueryBuilder<ObjectLiteral>, 'getQueryAndParameters'>;

/**
 * A statement of a hot path. TypeORM's query builder writes its SQL, so it stays portable and follows the entities, but
 * once and not for every call: building costs more than SQLite needs to answer. On SQLite it is compiled once as well, and
 * calls in the same moment go to it as one.
 * @see docs/adr/0010-prepared-statements.md and docs/adr/0018-merged-statements.md for the figures
 */
export class Prepared<Parameters extends object> {
  /** By data source: another database has another dialect. */
  private readonly built = new WeakMap<DataSource, Statement>();

  /**
   * @param build makes the query; it must use every parameter it is given as a value, and nothing else that varies
   * @param rowId of an UPDATE: the parameter that is the `id` of the one row it may change
   */
  constructor(
    private readonly build: (manager: EntityManager, parameters: Parameters) => Buildable,
    private readonly rowId?: keyof Parameters & string,
  ) {}

  /** The rows, as the driver gives them; on SQLite they have a column more, of ours. */
  async rows<Row>(manager: EntityManager, parameters: Parameters): Promise<Row[]> {
    const { connection } = manager;
    const statement = this.statement(manager, parameters);
    if (connection instanceof SqliteDataSource)
      return (await connection.statements.call(statement, parameters)) as unknown as Row[];
    return manager.query<Row[]>(statement.sql, valuesOf(statement, parameters));
  }

  /**
   * Runs a statement that changes rows.
   * @param manager of a {@link Database.write}
   * @returns how many rows it changed
   */
  async change(manager: EntityManager, parameters: Parameters): Promise<number> {
    const { connection, queryRunner } = manager;
    if (!queryRunner) throw new Error('a change belongs inside Database.write');
    const statement = this.statement(manager, parameters);
    if (connection instanceof SqliteDataSource)
      return (await connection.statements.call(statement, parameters)) as number;
    const { affected } = await queryRunner.query(statement.sql, valuesOf(statement, parameters), true);
    return affected ?? 0;
  }

  private statement(manager: EntityManager, parameters: Parameters): Statement {
    const { connection } = manager;
    let statement = this.built.get(connection);
    if (!statement) this.built.set(connection, (statement = this.write(manager, Object.keys(parameters))));
    return statement;
  }

  /** Builds with the parameters' names in place of their values, which shows the order the driver wants them in. */
  private write(manager: EntityManager, names: string[]): Statement {
    const placeholders = Object.fromEntries(names.map((name) => [name, name])) as Parameters;
    const [sql, values] = this.build(manager, placeholders).getQueryAndParameters();
    const order = values as string[];
    const unknown = order.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`a prepared statement has the constant ${String(unknown[0])}`);
    return { sql, order, rowId: this.rowId };
  }
}

const valuesOf = ({ order }: Statement, parameters: object): unknown[] =>
  order.map((name) => (parameters as Record<string, unknown>)[name]);

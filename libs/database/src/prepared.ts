import type { DataSource, EntityManager, ObjectLiteral, QueryBuilder } from 'typeorm';

/** Anything of TypeORM's that becomes one statement. */
type Buildable = Pick<QueryBuilder<ObjectLiteral>, 'getQueryAndParameters'>;

interface Built<Parameters> {
  readonly sql: string;
  /** The parameters in the order the driver wants them in. */
  readonly order: readonly (keyof Parameters & string)[];
}

/**
 * A statement of a hot path. TypeORM's query builder writes its SQL, so it stays portable and follows the entities, but
 * once and not for every call: building costs more than SQLite needs to answer.
 * @see docs/adr/0010-prepared-statements.md for the figures
 */
export class Prepared<Parameters extends object> {
  /** By data source: another database has another dialect. */
  private readonly built = new WeakMap<DataSource, Built<Parameters>>();

  /**
   * @param build makes the query; it must use every parameter it is given as a value, and nothing else that varies
   */
  constructor(private readonly build: (manager: EntityManager, parameters: Parameters) => Buildable) {}

  /** The rows, as the driver gives them. */
  rows<Row>(manager: EntityManager, parameters: Parameters): Promise<Row[]> {
    const { sql, values } = this.bind(manager, parameters);
    return manager.query<Row[]>(sql, values);
  }

  /**
   * Runs a statement that changes rows.
   * @param manager of a {@link Database.write}
   * @returns how many rows it changed
   */
  async change(manager: EntityManager, parameters: Parameters): Promise<number> {
    const { sql, values } = this.bind(manager, parameters);
    if (!manager.queryRunner) throw new Error('a change belongs inside Database.write');
    const { affected } = await manager.queryRunner.query(sql, values, true);
    return affected ?? 0;
  }

  private bind(manager: EntityManager, parameters: Parameters): { sql: string; values: unknown[] } {
    let built = this.built.get(manager.connection);
    if (!built) {
      built = this.prepare(manager, Object.keys(parameters));
      this.built.set(manager.connection, built);
    }
    return { sql: built.sql, values: built.order.map((name) => parameters[name]) };
  }

  /** Builds with the parameters' names in place of their values, which shows the order the driver wants them in. */
  private prepare(manager: EntityManager, names: string[]): Built<Parameters> {
    const placeholders = Object.fromEntries(names.map((name) => [name, name])) as Parameters;
    const [sql, order] = this.build(manager, placeholders).getQueryAndParameters();
    const unknown = (order as unknown[]).filter((name) => !names.includes(String(name)));
    if (unknown.length > 0) throw new Error(`a prepared statement has the constant ${String(unknown[0])}`);
    return { sql, order: order as (keyof Parameters & string)[] };
  }
}

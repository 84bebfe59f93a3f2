import { join } from 'node:path';
import {
  DataSource,
  EntitySchema,
  type EntitySchemaColumnOptions,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../apps/cli/src/copy-database/copy-database.js';
import { dataSourceOptions } from '../../libs/database/src/data-source.js';
import { migrateDatabase, type Tables } from '../../libs/database/src/index.js';
import { databaseKind, useDatabase } from '../support/database.js';
import { useFolder } from '../support/folder.js';
import { execute, rows } from '../support/rows.js';

/** PostgreSQL has no name for bytes that the others have too. */
const BYTES: Record<string, EntitySchemaColumnOptions> =
  databaseKind === 'postgres' ? {} : { picture: { type: 'blob' } };

const Thing = new EntitySchema<Record<string, unknown>>({
  name: 'Thing',
  tableName: 'things',
  columns: {
    id: { type: Number, primary: true, generated: 'increment' },
    large: { type: 'bigint' },
    flag: { type: Boolean },
    at: { type: Date },
    day: { type: 'date' },
    json: { type: 'simple-json' },
    price: { type: 'decimal', precision: 20, scale: 4 },
    ratio: { type: 'double precision' },
    note: { type: 'text' },
    absent: { type: 'varchar', length: 10, nullable: true },
    amount: { type: Number },
    tripled: { type: Number, asExpression: 'amount * 3', generatedType: 'STORED', insert: false },
    ...BYTES,
  },
});

/** Its key has two columns, the second in an order that depends on the collation. */
const Tag = new EntitySchema({
  name: 'Tag',
  tableName: 'tags',
  columns: {
    owner: { type: Number, primary: true },
    tag: { type: 'varchar', length: 32, primary: true },
    thing: { type: Number },
  },
  foreignKeys: [{ target: 'Thing', columnNames: ['thing'], referencedColumnNames: ['id'] }],
});

const COMMON = `large bigint NOT NULL, day date NOT NULL, json text NOT NULL, price decimal(20, 4) NOT NULL,
  ratio double precision NOT NULL, absent varchar(10), amount integer NOT NULL,
  tripled integer GENERATED ALWAYS AS (amount * 3) STORED`;
const THINGS: Readonly<Record<string, string>> = {
  sqlite: `id integer PRIMARY KEY AUTOINCREMENT, flag boolean NOT NULL, at datetime NOT NULL, note text, picture blob`,
  postgres: `id serial PRIMARY KEY, flag boolean NOT NULL, at timestamp NOT NULL, note text`,
  mysql: `id integer PRIMARY KEY AUTO_INCREMENT, flag tinyint NOT NULL, at datetime(6) NOT NULL,
    note mediumtext CHARACTER SET utf8mb4, picture blob`,
};

class CreateThings1600000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE things (${THINGS[runner.connection.options.type] ?? ''}, ${COMMON})`);
    const binary =
      runner.connection.options.type === 'mysql' ? 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : '';
    await runner.query(`CREATE TABLE tags (owner integer NOT NULL, tag varchar(32) ${binary} NOT NULL, thing integer NOT NULL,
      PRIMARY KEY (owner, tag), FOREIGN KEY (thing) REFERENCES things (id))`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tags');
    await runner.dropTable('things');
  }
}

// Nest collects classes; TypeORM takes schemas too.
const TABLES = { entities: [Tag, Thing], migrations: [CreateThings1600000000000] } as unknown as Tables;

const THING: Record<string, unknown> = {
  large: '9007199254740993',
  flag: true,
  at: new Date('2024-02-29T23:59:59.987Z'),
  day: '2024-02-29',
  json: { b: [1, null, '€'], a: { '10': 1, '9': 2 } },
  price: '1234567.5000',
  ratio: 0.1 + 0.2,
  note: '买牛奶 🥛\n"quoted" \'\\ %s $1 ?',
  absent: null,
  amount: 7,
  ...(databaseKind !== 'postgres' && { picture: Buffer.from([0, 255, 39, 92, 128]) }),
};

/** Returns what TypeORM reads exactly: a large bigint and a decimal are read by SQL. */
const exactly = (thing: object) =>
  Object.fromEntries(Object.entries(thing).filter(([name]) => name !== 'large' && name !== 'price'));

describe(`a copy of tables of a team from SQLite to ${databaseKind} and back`, () => {
  const folder = useFolder();
  const there = useDatabase();
  const empty = useDatabase();
  const from = `sqlite:${join(folder, 'from.sqlite')}`;
  const back = `sqlite:${join(folder, 'back.sqlite')}`;
  const copy = (source: string, target: string) =>
    copyDatabase({ url: source, name: source }, { url: target, name: target }, TABLES, () => undefined);
  async function within<T>(url: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const options = dataSourceOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
    const dataSource = await new DataSource({ ...options, ...TABLES }).initialize();
    try {
      return await work(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }
  const read = (url: string) =>
    within(url, (dataSource) => dataSource.getRepository(Thing).find({ order: { id: 'ASC' } }));

  beforeAll(async () => {
    await migrateDatabase(from, TABLES);
    await within(from, async ({ manager }) => {
      await manager.insert(Thing, [
        { ...THING },
        { ...THING, flag: false, price: '-0.0001', large: '-9223372036854775808' },
        { ...THING },
      ]);
      await manager.delete(Thing, { id: 3 });
      const tags = Array.from({ length: 1200 }, (_, index) => ({
        owner: index % 3,
        tag: `${['a', 'B', '_', '-', 'é', 'Ω'][index % 6] ?? ''}${index}`,
        thing: 1 + (index % 2),
      }));
      for (let start = 0; start < tags.length; start += 200)
        await manager.insert(Tag, tags.slice(start, start + 200));
    });
    await execute(from, "UPDATE things SET large = '9223372036854775807' WHERE id = 1");
  });

  it('has every value exactly, though each database has its own types', async () => {
    const first = await copy(from, there);
    const second = await copy(there, back);
    expect(second.tables).toEqual(first.tables);
    expect(first.tables.map(({ table, rows: n }) => [table, n])).toEqual([
      ['things', 2],
      ['tags', 1200],
    ]);
    const exact = async (url: string) => {
      const text = (name: string) =>
        `CAST(${name} AS ${url.startsWith('mysql') ? 'CHAR' : 'TEXT'}) AS ${name}`;
      const found = await rows<{ large: string; price: string }>(
        url,
        `SELECT ${text('large')}, ${text('price')} FROM things ORDER BY id`,
      );
      return found.map(({ large, price }) => [large, Number(price)]);
    };
    const others = async (url: string) => (await read(url)).map(exactly);
    const before = await others(from);
    expect(before).toEqual([
      { ...exactly(THING), id: 1, tripled: 21 },
      { ...exactly(THING), id: 2, tripled: 21, flag: false },
    ]);
    for (const url of [there, back]) {
      expect(await others(url)).toEqual(before);
      expect(await exact(url)).toEqual([
        ['9223372036854775807', 1234567.5],
        ['-9223372036854775808', -0.0001],
      ]);
    }
  });

  it('gives no number of a deleted row again', async () => {
    for (const url of [there, back]) {
      const { identifiers } = await within(url, ({ manager }) => manager.insert(Thing, { ...THING }));
      expect(identifiers).toEqual([{ id: 4 }]);
    }
  });

  it.skipIf(databaseKind === 'sqlite')(
    'stops at a value that the target cannot store, and names the table',
    async () => {
      // SQLite stores a text where the column has numbers.
      await execute(from, "UPDATE things SET large = 'many' WHERE id = 1");
      await expect(copy(from, empty)).rejects.toMatchObject({
        spec: { code: 'copy_stopped' },
        values: { table: 'things' },
      });
    },
  );
});

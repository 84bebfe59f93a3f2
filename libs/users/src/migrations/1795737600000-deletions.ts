import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf, schema } from '@app/database';

const { columnFor, id, optional, primaryId, tableFor, text, time } = schema;

const INDEXED = ['deletes_at', 'merged_into'];

/** Adds the pending deletions of users, the ids of erased ones, and the indexes to find both. */
export class Deletions1795737600000 implements MigrationInterface {
  readonly name = 'Deletions1795737600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      tableFor(runner, {
        name: 'deleted_users',
        columns: [
          primaryId('user_id'),
          time('deleted_at'),
          optional(id('swept_to')),
          optional(time('swept_at')),
        ],
        indices: [{ name: 'ix_deleted_users_swept_at', columnNames: ['swept_at', 'deleted_at'] }],
      }),
    );
    // Plain SQL, because TypeORM's `addColumn` copies the whole table on SQLite.
    const { charset, collation } = columnFor(runner, text('deletion_by', 16));
    const encoding = charset === undefined ? '' : `CHARACTER SET ${charset} COLLATE ${String(collation)} `;
    await runner.query('ALTER TABLE users ADD COLUMN deletes_at bigint NULL');
    await runner.query(`ALTER TABLE users ADD COLUMN deletion_by varchar(16) ${encoding}NULL`);
    for (const column of INDEXED) {
      // Few users have a value. Then a new user has no entry. MySQL has no such indexes.
      const filled = dialectOf(runner.connection) === 'mysql' ? '' : ` WHERE ${column} IS NOT NULL`;
      await runner.query(`CREATE INDEX ix_users_${column} ON users (${column})${filled}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of INDEXED.toReversed()) await runner.dropIndex('users', `ix_users_${column}`);
    await runner.query('ALTER TABLE users DROP COLUMN deletion_by');
    await runner.query('ALTER TABLE users DROP COLUMN deletes_at');
    await runner.dropTable('deleted_users');
  }
}

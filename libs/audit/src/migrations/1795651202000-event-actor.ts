import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

/** Adds the actor of an event. Plain SQL, because TypeORM's `addColumn` copies the whole table on SQLite. */
export class EventActor1795651202000 implements MigrationInterface {
  readonly name = 'EventActor1795651202000';

  async up(runner: QueryRunner): Promise<void> {
    const { charset, collation } = schema.columnFor(runner, schema.id('actor'));
    const encoding = charset === undefined ? '' : `CHARACTER SET ${charset} COLLATE ${String(collation)} `;
    await runner.query(`ALTER TABLE auth_events ADD COLUMN actor varchar(36) ${encoding}NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_events DROP COLUMN actor');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['parent_generation', 'parent_of'];

/**
 * Which refresh token made the present generation of a session, where that is not the one before. Written as SQL that all
 * three databases understand: TypeORM's `addColumn` copies the whole table on SQLite.
 */
export class SessionParent1795392000000 implements MigrationInterface {
  readonly name = 'SessionParent1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const name of COLUMNS) await runner.query(`ALTER TABLE sessions ADD COLUMN ${name} integer NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of COLUMNS) await runner.query(`ALTER TABLE sessions DROP COLUMN ${name}`);
  }
}

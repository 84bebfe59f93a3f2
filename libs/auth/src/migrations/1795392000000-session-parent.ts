import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['parent_generation', 'parent_of'];

/**
 * Adds the generation whose refresh made the current one, if it is not the previous one. Plain SQL that all three
 * databases accept, because TypeORM's `addColumn` copies the whole table on SQLite.
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

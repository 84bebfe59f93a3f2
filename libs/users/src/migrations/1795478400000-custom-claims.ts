import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

const NAME = 'custom_claims';

/** Adds the custom claims of users. Plain SQL, because TypeORM's `addColumn` copies the whole table on SQLite. */
export class CustomClaims1795478400000 implements MigrationInterface {
  readonly name = 'CustomClaims1795478400000';

  async up(runner: QueryRunner): Promise<void> {
    const { type, charset, collation } = schema.columnFor(runner, schema.document(NAME));
    const encoding = charset === undefined ? '' : `CHARACTER SET ${charset} COLLATE ${String(collation)} `;
    await runner.query(`ALTER TABLE users ADD COLUMN ${NAME} ${type} ${encoding}NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users DROP COLUMN ${NAME}`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '@app/database';

/**
 * Adds the end of a user's disabling, and the indexes that list users by nickname and by mini-program. Plain SQL, because
 * TypeORM's `addColumn` copies the whole table on SQLite.
 */
export class UserDirectory1795651201000 implements MigrationInterface {
  readonly name = 'UserDirectory1795651201000';

  async up(runner: QueryRunner): Promise<void> {
    // A prefix is a range of code points, which only this collation of PostgreSQL orders by. The others are created binary.
    const dialect = dialectOf(runner.connection);
    const binary = dialect === 'postgres' ? ' COLLATE "C"' : '';
    // Most users have no nickname. Then a new user has no entry. MySQL has no such indexes.
    const named = dialect === 'mysql' ? '' : ' WHERE nickname IS NOT NULL';
    await runner.query('ALTER TABLE users ADD COLUMN disabled_until bigint NULL');
    await runner.query(`CREATE INDEX ix_users_nickname ON users (nickname${binary}, id)${named}`);
    await runner.query(
      'CREATE INDEX ix_weixin_identities_appid_user_id ON weixin_identities (appid, user_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('weixin_identities', 'ix_weixin_identities_appid_user_id');
    await runner.dropIndex('users', 'ix_users_nickname');
    await runner.query('ALTER TABLE users DROP COLUMN disabled_until');
  }
}

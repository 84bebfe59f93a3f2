import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the day of the last use, and the index that counts the users of a day. Plain SQL as in the migrations before. */
export class SessionDay1795910402000 implements MigrationInterface {
  readonly name = 'SessionDay1795910402000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions ADD COLUMN last_used_day integer NULL');
    await runner.query('CREATE INDEX ix_sessions_last_used_day ON sessions (last_used_day, appid, user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('sessions', 'ix_sessions_last_used_day');
    await runner.query('ALTER TABLE sessions DROP COLUMN last_used_day');
  }
}

import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { id, optional, primaryId, text, time } from './columns.js';

const USER_COLUMNS = [
  optional(text('nickname', 64)),
  optional(text('avatar_url', 512)),
  optional(time('disabled_at')),
].map((column) => new TableColumn(column));

/** The feed of revocations reads the newest entries of these every second. */
const REVOCATION_INDICES = {
  users: new TableIndex({ name: 'ix_users_disabled_at', columnNames: ['disabled_at'] }),
  sessions: new TableIndex({ name: 'ix_sessions_revoked_at', columnNames: ['revoked_at'] }),
};

const AUTH_EVENTS = new Table({
  name: 'auth_events',
  columns: [
    primaryId(),
    time('at'),
    text('kind', 32),
    optional(id('user_id')),
    optional(id('session_id')),
    optional(text('appid', 64)),
    optional(text('ip', 64)),
    optional(text('user_agent', 255)),
    optional(text('detail', 64)),
  ],
});

export class ControlSessions1795226400000 implements MigrationInterface {
  readonly name = 'ControlSessions1795226400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('users', USER_COLUMNS);
    for (const [table, index] of Object.entries(REVOCATION_INDICES)) await runner.createIndex(table, index);
    await runner.createTable(AUTH_EVENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auth_events');
    for (const [table, index] of Object.entries(REVOCATION_INDICES)) await runner.dropIndex(table, index);
    await runner.dropColumns('users', USER_COLUMNS);
  }
}

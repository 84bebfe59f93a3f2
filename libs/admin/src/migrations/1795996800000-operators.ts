import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm';
import { schema } from '@app/database';

const { counter, id, optional, primaryId, tableFor, text, time } = schema;

/** A primary key that is a SHA-256 in base64url. */
const hashId = { ...text('id', 43), isPrimary: true };

const TABLES: TableOptions[] = [
  {
    name: 'operators',
    columns: [
      primaryId(),
      text('name', 27),
      text('role', 16),
      optional(text('password_hash', 255)),
      text('totp_secret', 255),
      counter('totp_step'),
      time('created_at'),
      optional(time('last_seen_at')),
    ],
    uniques: [{ name: 'uq_operators_name', columnNames: ['name'] }],
  },
  { name: 'operator_recovery_codes', columns: [hashId, id('operator_id')] },
  {
    name: 'operator_sessions',
    columns: [
      hashId,
      id('operator_id'),
      time('created_at'),
      time('last_seen_at'),
      optional(time('step_up_until')),
    ],
  },
  {
    name: 'operator_invitations',
    columns: [hashId, text('name', 27), text('role', 16), text('enrolment', 1024), time('expires_at')],
    uniques: [{ name: 'uq_operator_invitations_name', columnNames: ['name'] }],
  },
  {
    name: 'operator_attempts',
    columns: [hashId, counter('failures'), time('blocked_until'), time('last_at')],
  },
];

export class Operators1795996800000 implements MigrationInterface {
  readonly name = 'Operators1795996800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(tableFor(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of TABLES.toReversed()) await runner.dropTable(name);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

const { optional, primaryId, tableFor, text, time } = schema;

export class ServiceAccounts1795564800000 implements MigrationInterface {
  readonly name = 'ServiceAccounts1795564800000';

  async up(runner: QueryRunner): Promise<void> {
    const table = tableFor(runner, {
      name: 'service_accounts',
      columns: [
        primaryId(),
        text('name', 64),
        text('scopes', 1024),
        text('appids', 4096),
        text('secret_hash', 43),
        optional(text('previous_secret_hash', 43)),
        time('created_at'),
        optional(time('rotated_at')),
        optional(time('revoked_at')),
      ],
      uniques: [{ name: 'uq_service_accounts_name', columnNames: ['name'] }],
    });
    await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('service_accounts');
  }
}

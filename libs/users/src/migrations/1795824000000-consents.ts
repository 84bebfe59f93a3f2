import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

const { id, optional, primaryId, tableFor, text, time } = schema;

export class Consents1795824000000 implements MigrationInterface {
  readonly name = 'Consents1795824000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = tableFor(runner, {
      name: 'user_consents',
      columns: [
        primaryId(),
        id('user_id'),
        text('kind', 32),
        text('version', 32),
        text('channel', 16),
        text('appid', 64),
        time('given_at'),
        optional(time('withdrawn_at')),
      ],
      indices: [{ name: 'ix_user_consents_user_id', columnNames: ['user_id'] }],
    });
    await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('user_consents');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

const { counter, document, id, optional, primaryId, tableFor, text, time } = schema;

export class Outbox1795737600000 implements MigrationInterface {
  readonly name = 'Outbox1795737600000';

  async up(runner: QueryRunner): Promise<void> {
    const endpoints = tableFor(runner, {
      name: 'webhook_endpoints',
      columns: [
        primaryId(),
        counter('slot'),
        text('url', 512),
        text('events', 1024),
        text('secret', 255),
        optional(text('previous_secret', 255)),
        time('created_at'),
        optional(time('rotated_at')),
        optional(id('lease_owner')),
        time('lease_until'),
      ],
      uniques: [{ name: 'uq_webhook_endpoints_slot', columnNames: ['slot'] }],
    });
    const messages = tableFor(runner, {
      name: 'outbox',
      columns: [
        primaryId(),
        id('event_id'),
        id('endpoint_id'),
        text('kind', 32),
        optional(id('user_id')),
        document('payload'),
        time('created_at'),
        text('state', 16),
        optional(time('next_attempt_at')),
        time('give_up_at'),
        counter('attempts'),
        optional(text('last_result', 64)),
        optional(time('ended_at')),
      ],
      indices: [
        { name: 'ix_outbox_endpoint_id_next_attempt_at', columnNames: ['endpoint_id', 'next_attempt_at'] },
        { name: 'ix_outbox_endpoint_id_state_id', columnNames: ['endpoint_id', 'state', 'id'] },
      ],
    });
    await runner.createTable(endpoints);
    await runner.createTable(messages);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbox');
    await runner.dropTable('webhook_endpoints');
  }
}

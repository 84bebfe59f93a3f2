import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

/** A released migration never changes: a later change of the table is another migration. */
export class CreateOrders1795478400000 implements MigrationInterface {
  readonly name = 'CreateOrders1795478400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      schema.tableFor(runner, {
        name: 'orders',
        columns: [
          schema.primaryId(),
          schema.id('user_id'),
          schema.text('title', 64),
          schema.counter('quantity'),
          schema.time('created_at'),
        ],
        indices: [{ name: 'ix_orders_user_id', columnNames: ['user_id'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('orders');
  }
}

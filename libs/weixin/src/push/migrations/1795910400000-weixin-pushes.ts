import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

/** The inbox of WeChat's pushes. */
export class WeixinPushes1795910400000 implements MigrationInterface {
  readonly name = 'WeixinPushes1795910400000';

  async up(runner: QueryRunner): Promise<void> {
    const table = {
      name: 'weixin_pushes',
      columns: [
        schema.primaryId(),
        schema.text('appid', 64),
        schema.text('digest', 43),
        schema.optional(schema.id('user_id')),
        schema.optional(schema.text('person_hash', 64)),
        schema.text('event', 64),
        schema.document('push'),
        schema.time('received_at'),
        schema.counter('is_handled'),
        schema.optional(schema.time('forward_at')),
        schema.counter('forward_attempts'),
        schema.optional(schema.time('forwarded_at')),
      ],
      uniques: [{ name: 'uq_weixin_pushes_digest', columnNames: ['digest'] }],
      indices: [
        { name: 'ix_weixin_pushes_user_id', columnNames: ['user_id'] },
        { name: 'ix_weixin_pushes_person_hash', columnNames: ['person_hash'] },
        { name: 'ix_weixin_pushes_forward_at', columnNames: ['forward_at'] },
      ],
    };
    await runner.createTable(schema.tableFor(runner, table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('weixin_pushes');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '@app/database';

const { counter, tableFor, text } = schema;

export class HourlyCounts1795910401000 implements MigrationInterface {
  readonly name = 'HourlyCounts1795910401000';

  async up(runner: QueryRunner): Promise<void> {
    const key = [counter('hour'), text('appid', 64), text('kind', 32), text('code', 64)];
    const columns = [...key.map((column) => ({ ...column, isPrimary: true })), counter('count')];
    await runner.createTable(tableFor(runner, { name: 'hourly_counts', columns }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('hourly_counts');
  }
}

import type { EntityManager } from 'typeorm';
import { dialectOf } from '@app/database';
import type { HourlyCount } from './hourly-count.entity.js';

const COLUMNS = ['hour', 'appid', 'kind', 'code', 'count'] as const;
const ADD_EXCLUDED =
  'ON CONFLICT (hour, appid, kind, code) DO UPDATE SET count = hourly_counts.count + excluded.count';
const ADD = {
  sqlite: ADD_EXCLUDED,
  postgres: ADD_EXCLUDED,
  mysql: 'ON DUPLICATE KEY UPDATE count = count + VALUES(count)',
};

/**
 * Adds counts to those of all instances, in one statement. TypeORM's `orUpdate` can only replace a value.
 * @param rows in the order of the primary key
 * @param manager of a {@link Database.write}
 */
export async function addCounts(manager: EntityManager, rows: readonly HourlyCount[]): Promise<void> {
  if (rows.length === 0) return;
  const dialect = dialectOf(manager.connection);
  let placed = 0;
  const placeholder = () => (dialect === 'postgres' ? `$${(placed += 1)}` : '?');
  const values = rows.map(() => `(${COLUMNS.map(placeholder).join(', ')})`);
  await manager.query(
    `INSERT INTO hourly_counts (${COLUMNS.join(', ')}) VALUES ${values.join(', ')} ${ADD[dialect]}`,
    rows.flatMap((row) => COLUMNS.map((column) => row[column])),
  );
}

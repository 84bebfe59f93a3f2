import type { EntityManager } from 'typeorm';
import type { Database } from '@app/database';

/** Rows of one write: short enough that logins do not wait for it. */
const BATCH = 200;

/** How a whole table is gone through in the order of its key. */
export interface Walk<Row> {
  /** The first rows behind a key, at most `take` of them. */
  page(manager: EntityManager, after: string, take: number): Promise<Row[]>;
  keyOf(row: Row): string;
  /** Changes a row where it has to. @returns whether it did */
  change(manager: EntityManager, row: Row): Promise<boolean>;
}

/** Goes through a table, a batch of rows in each write. @returns how many rows were changed */
export async function changeAll<Row>(database: Database, walk: Walk<Row>): Promise<number> {
  let count = 0;
  for (let last = '', size = BATCH; size === BATCH;) {
    const batch = await database.write(async (manager) => {
      const rows = await walk.page(manager, last, BATCH);
      let changed = 0;
      for (const row of rows) if (await walk.change(manager, row)) changed += 1;
      const lastRow = rows.at(-1);
      return { changed, size: rows.length, last: lastRow === undefined ? last : walk.keyOf(lastRow) };
    });
    count += batch.changed;
    ({ size, last } = batch);
  }
  return count;
}

import type { EntityManager } from 'typeorm';
import type { Database } from '@app/database';

/** Rows of one write, few enough that logins do not wait for it. */
const BATCH = 200;

/** How all rows of a table are read by their key, and changed. */
export interface BatchedUpdate<Row> {
  /** Returns the first rows after a key, at most `take` of them. */
  page(manager: EntityManager, after: string, take: number): Promise<Row[]>;
  keyOf(row: Row): string;
  /** Changes a row if necessary. @returns whether it was changed */
  change(manager: EntityManager, row: Row): Promise<boolean>;
}

/** Updates the rows of a table, a batch in each write. @returns the number of rows that were changed */
export async function updateInBatches<Row>(database: Database, update: BatchedUpdate<Row>): Promise<number> {
  let count = 0;
  for (let last = '', size = BATCH; size === BATCH;) {
    const batch = await database.write(async (manager) => {
      const rows = await update.page(manager, last, BATCH);
      let changed = 0;
      for (const row of rows) if (await update.change(manager, row)) changed += 1;
      const lastRow = rows.at(-1);
      return { changed, size: rows.length, last: lastRow === undefined ? last : update.keyOf(lastRow) };
    });
    count += batch.changed;
    ({ size, last } = batch);
  }
  return count;
}

import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** A range of primary keys, `from` excluded, `to` included. */
export interface IdRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Returns the range of the next `rows` rows after `from`, in the order of the primary key `id`; undefined if there are none. Small
 * ranges let a long iteration over a table wait for nothing and delay little.
 */
export async function nextRange(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  from: string,
  rows: number,
): Promise<IdRange | undefined> {
  const range = await manager
    .createQueryBuilder()
    .select('max(range.id)', 'to')
    .from(
      (ids) =>
        ids
          .select('row.id', 'id')
          .from(entity, 'row')
          .where('row.id > :from', { from })
          .orderBy('row.id')
          .limit(rows),
      'range',
    )
    .getRawOne<{ to: string | null }>();
  return range?.to == null ? undefined : { from, to: range.to };
}

import type { EntityManager } from 'typeorm';
import { Prepared } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';

/** Rows per statement. Few sizes, so that few statements are built: building one costs more than running it. */
const SIZES = [100, 10, 1];

const INSERTS = SIZES.map((size) => ({ size, insert: insertOf(size) }));

/**
 * Inserts events. Existing rows, of a commit whose answer was lost, are not changed.
 * A hot path: building the statement each time took 25 µs per login in a profile, most of the cost of an event.
 * @param manager of a {@link Database.write}
 */
export async function insertEvents(manager: EntityManager, events: readonly AuthEvent[]): Promise<void> {
  let from = 0;
  for (const { size, insert } of INSERTS) {
    for (; from + size <= events.length; from += size)
      await insert.change(manager, numbered(events.slice(from, from + size)));
  }
}

function insertOf(size: number): Prepared<Record<string, unknown>> {
  return new Prepared((manager, parameters) =>
    manager
      .createQueryBuilder()
      .insert()
      .into(AuthEvent)
      .values(Array.from({ length: size }, (_, row) => rowOf(parameters, row)))
      .orIgnore(),
  );
}

/** Returns the members of all rows under distinct names. */
function numbered(events: readonly AuthEvent[]): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  events.forEach((event, row) => {
    for (const [member, value] of Object.entries(event)) parameters[`${row} ${member}`] = value;
  });
  return parameters;
}

function rowOf(parameters: Record<string, unknown>, row: number): Partial<AuthEvent> {
  const own = Object.entries(parameters).filter(([name]) => name.startsWith(`${row} `));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(name.indexOf(' ') + 1), value]));
}

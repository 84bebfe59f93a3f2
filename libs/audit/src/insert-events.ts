import type { EntityManager } from 'typeorm';
import { Prepared } from '@app/database';
import { AuthEvent } from './auth-event.entity.js';

/** How many rows one statement inserts. Few numbers, so that few statements are built; each costs more to build than to run. */
const SIZES = [100, 10, 1];

const INSERTS = SIZES.map((size) => ({ size, insert: insertOf(size) }));

/**
 * Inserts events; those that are there already, of a commit whose answer was lost, stay as they are.
 * A hot path: built anew, the statement was most of what an event costs, 25 µs in a profile of logins.
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

/** The members of all rows by names of their own. */
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

import { AuthEventsService } from '../../libs/audit/src/index.js';
import { rows } from '../support/rows.js';
import type { useStack } from '../support/stack.js';

/** A row of `auth_events`. */
export interface EventRow {
  id: string;
  at: number;
  kind: string;
  user_id: string | null;
  session_id: string | null;
  appid: string | null;
  ip: string | null;
  user_agent: string | null;
  detail: string | null;
}

/** Returns all events so far, the oldest first, those in memory included. */
export async function eventsOf(stack: ReturnType<typeof useStack>): Promise<EventRow[]> {
  await stack.service(AuthEventsService).flush();
  return rows<EventRow>(stack.databaseUrl, 'SELECT * FROM auth_events ORDER BY id');
}

import { firstIdOf } from '@app/database';

/** Far more than the clocks of two instances differ. */
const MARGIN_MS = 86_400_000;

/** Returns an id that is smaller than that of any event of a user: the id of the user has the time of the first login. */
export function firstEventIdOf(userId: string): string {
  const createdAt = Number.parseInt(userId.slice(0, 8) + userId.slice(9, 13), 16);
  return firstIdOf(Math.max(createdAt - MARGIN_MS, 0));
}

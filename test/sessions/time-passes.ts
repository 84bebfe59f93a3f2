import { execute } from '../support/rows.js';
import { claimsOf } from '../tokens/forge.js';

/** Without `last_used_at`: the access tokens of the session are new, and the feed of revocations must include them. */
const TIMES = ['rotated_at', 'created_at', 'expires_at'];

/** Lets time pass for the session of a token: moves the times of its row back by a number of milliseconds. */
export function timePasses(databaseUrl: string, token: string, ms: number): Promise<void> {
  const set = TIMES.map((name) => `${name} = ${name} - ${ms}`).join();
  return execute(databaseUrl, `UPDATE sessions SET ${set} WHERE id = '${claimsOf(token).sid}'`);
}

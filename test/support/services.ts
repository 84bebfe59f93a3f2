import { rows } from './rows.js';
import { SERVERS } from './servers.js';

/** Before the stories on servers: says which server is missing, instead of failing every story for want of it. */
export async function setup(): Promise<void> {
  for (const [name, url] of Object.entries(SERVERS)) {
    await rows(url, 'SELECT 1').catch((error: unknown) => {
      throw new Error(`the server of ${name} does not answer`, { cause: error });
    });
  }
}

import { checkRedis } from '../../libs/redis/src/index.js';
import { rows } from './rows.js';
import { REDIS_URL, SERVERS } from './servers.js';

/** Fails before the stories on servers if a server does not answer, and names the server. */
export async function setup(): Promise<void> {
  for (const [name, url] of Object.entries(SERVERS)) {
    await rows(url, 'SELECT 1').catch((error: unknown) => {
      throw new Error(`the server of ${name} does not answer`, { cause: error });
    });
  }
  const redis = await checkRedis(REDIS_URL);
  if (redis.status !== 'ok')
    throw new Error(`the server of TEST_REDIS_URL has the state ${redis.status}: ${redis.reason}`);
}

import { examineRedis } from '../../libs/redis/src/index.js';
import { rows } from './rows.js';
import { REDIS_URL, SERVERS } from './servers.js';

/** Before the stories on servers: says which server is missing, instead of failing every story for want of it. */
export async function setup(): Promise<void> {
  for (const [name, url] of Object.entries(SERVERS)) {
    await rows(url, 'SELECT 1').catch((error: unknown) => {
      throw new Error(`the server of ${name} does not answer`, { cause: error });
    });
  }
  const redis = await examineRedis(REDIS_URL);
  if (redis.is !== 'well') throw new Error(`the server of TEST_REDIS_URL is ${redis.is}: ${redis.reason}`);
}

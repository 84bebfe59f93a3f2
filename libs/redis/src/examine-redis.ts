import { withTimeout } from '@app/common';
import { createClient } from './redis-client.js';

const ANSWER_WITHIN_MS = 2000;

/** How a Redis is: `refused` what the service needs of it, gave no answer, or did all. `reason` quotes nothing of the URL. */
export type RedisState =
  { readonly is: 'well' } | { readonly is: 'refusing' | 'silent'; readonly reason: string };

/** Does once what the service does all the time; what it leaves behind is gone after a second. */
export async function examineRedis(url: string): Promise<RedisState> {
  const client = createClient(url);
  let fault: Error | undefined;
  client.on('error', (error) => (fault = error));
  try {
    await withTimeout(client.connect(), ANSWER_WITHIN_MS);
    await withTimeout(client.hit('weapp-passport:doctor', 1000), ANSWER_WITHIN_MS);
    return { is: 'well' };
  } catch (error) {
    const { name, message, code } = (fault ?? error) as NodeJS.ErrnoException;
    // `NOAUTH Authentication required.`: the first word is the kind.
    if (name === 'ReplyError') return { is: 'refusing', reason: message.split(' ')[0] ?? name };
    return { is: 'silent', reason: code ?? message };
  } finally {
    client.disconnect();
  }
}

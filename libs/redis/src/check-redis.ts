import { withTimeout } from '@app/common';
import { createClient } from './redis-client.js';

const ANSWER_WITHIN_MS = 2000;

/** The state of a Redis: all commands worked, it refused one, or it did not answer. `reason` contains no part of the URL. */
export type RedisState =
  { readonly status: 'ok' } | { readonly status: 'refused' | 'no_answer'; readonly reason: string };

/** Runs each command of the service but SUBSCRIBE once. The key that it writes expires after one second. */
export async function checkRedis(url: string): Promise<RedisState> {
  const client = createClient(url);
  let fault: Error | undefined;
  client.on('error', (error) => (fault = error));
  try {
    await withTimeout(client.connect(), ANSWER_WITHIN_MS);
    await withTimeout(client.hit('weapp-passport:doctor', 1000), ANSWER_WITHIN_MS);
    await withTimeout(client.peek('weapp-passport:doctor', 1000), ANSWER_WITHIN_MS);
    await withTimeout(client.publish('weapp-passport:doctor', ''), ANSWER_WITHIN_MS);
    return { status: 'ok' };
  } catch (error) {
    const { name, message, code } = (fault ?? error) as NodeJS.ErrnoException;
    // `NOAUTH Authentication required.`: the first word is the kind.
    if (name === 'ReplyError') return { status: 'refused', reason: message.split(' ')[0] ?? name };
    return { status: 'no_answer', reason: code ?? message };
  } finally {
    client.disconnect();
  }
}

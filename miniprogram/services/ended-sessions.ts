import { Problem } from './errors';
import { send } from './send';
import { read, remove, write } from './storage';

const KEY = 'passport.ended';
let sending: Promise<void> | undefined;

/**
 * Ends the session of a refresh token at the service, now or, without a network, at a later occasion: a user who
 * logged out is logged out.
 */
export function endSession(refresh: string): Promise<void> {
  if (refresh !== '') write(KEY, [...ended(), refresh]);
  return endSessions();
}

/** Tries again to end the sessions that could not be ended yet. Never fails. */
export function endSessions(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll(): Promise<void> {
  try {
    for (let next = ended()[0]; next !== undefined; next = ended()[0]) {
      await send({ method: 'POST', path: '/api/token/blacklist/', body: { refresh: next } }).catch(
        unlessRefused,
      );
      const left = ended().slice(1);
      if (left.length > 0) write(KEY, left);
      else remove(KEY);
    }
  } catch (error) {
    console.warn('logout', error);
  }
}

/** What the service cannot read as a token, such as one that storage has damaged, must not hold up the others. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'validation_failed')) throw error;
}

function ended(): string[] {
  const stored = read(KEY);
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
}

import type { Log } from './log.js';
import { isProblem } from './problem.js';
import type { Storage } from './storage.js';

/**
 * Returns a function that ends the session of a refresh token at the service, now or at a later occasion: a user who logged
 * out is logged out. Without a token it tries the sessions again that could not be ended yet. It never fails.
 * @param blacklist tells the service
 */
export function createEndSession(
  storage: Storage,
  key: string,
  blacklist: (refresh: string) => Promise<unknown>,
  log: Log,
): (refresh?: string) => Promise<void> {
  let sending: Promise<void> | undefined;

  /** @throws {Problem} `storage_failed`: then nothing is overwritten */
  const change = (by: (all: string[]) => string[]): string[] => {
    storage.reread(key);
    const stored = storage.read(key);
    const all: string[] = by(Array.isArray(stored) ? (stored as string[]) : []);
    if (all.length > 0) storage.write(key, all);
    else if (stored !== undefined) storage.remove(key);
    return all;
  };

  const sendAll = async (all: string[]) => {
    for (let next = all[0]; next !== undefined;) {
      const done = next;
      // What the service cannot read as a token must not hold up the others.
      await blacklist(done).catch((error: unknown) => {
        if (!isProblem(error, /^validation_failed$/)) throw error;
      });
      next = change((left) => left.filter((one) => one !== done))[0];
    }
  };

  return (refresh) => {
    const failed = (error: unknown) => {
      log('end_session', { detail: String(error) });
    };
    let all = refresh ? [refresh] : [];
    try {
      const added = all;
      all = change((stored) => stored.concat(added));
    } catch (error) {
      failed(error);
    }
    if (!sending) {
      sending = sendAll(all)
        .catch(failed)
        .then(() => {
          sending = undefined;
        });
    }
    return sending;
  };
}

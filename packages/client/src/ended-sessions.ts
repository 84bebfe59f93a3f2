import type { Log } from './log.js';
import { isProblem } from './problem.js';
import type { Storage } from './storage.js';

/**
 * Returns a function that ends the session of a refresh token at the service, and retries on later calls if that fails. Without
 * a token it only retries. It never rejects.
 * @param blacklist sends the token to the service
 */
export function createEndSession(
  storage: Storage,
  key: string,
  blacklist: (refresh: string) => Promise<unknown>,
  log: Log,
): (refresh?: string) => Promise<void> {
  let sending: Promise<void> | undefined;

  /** Changes the stored list. @throws {Problem} `storage_failed` if it cannot be read; then it is not overwritten */
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
      // A token that the service refuses as malformed must not block the others.
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

import type { Log } from './log.js';
import { Problem } from './problem.js';
import type { Port, TokenStorage } from './port.js';

/** The storage of one instance of the client. */
export interface Storage {
  /**
   * The value under a key, `undefined` if there is none. Each access of the platform's storage stops the page for a moment,
   * so a key is read once per launch.
   * @throws {Problem} `storage_failed`: it could not be read, which does not mean that there is nothing
   */
  read: (key: string) => unknown;
  /** Reads the key from the platform again, in case another copy of the client has written it. */
  reread: (key: string) => void;
  /**
   * Stores a value, for this run in any case. If that fails (full: 1 MB a key, 10 MB in all), the old value is removed to
   * make room: the next launch finds the new value or none, never the old one.
   * @returns whether the next launch will find it
   */
  write: (key: string, value: unknown) => boolean;
  remove: (key: string) => boolean;
}

/** Reads and writes the platform's storage, or the one given in its place, with a memory in front of it. */
export function createStorage(port: Port, given: TokenStorage | undefined, log: Log): Storage {
  const store: TokenStorage = given || port;
  const memory = new Map<string, unknown>();
  /** Keys whose value is in memory only. */
  const unsaved = new Set<string>();

  /** Tries it twice: storages have been seen to fail once. */
  const tries = (key: string, action: () => void, isLast = false): boolean => {
    try {
      action();
      return true;
    } catch (error) {
      log('storage', { path: key, detail: String(error) });
      return !isLast && tries(key, action, true);
    }
  };
  const reread = (key: string) => {
    if (unsaved.has(key)) return;
    tries(key, () => {
      const value = store.getStorageSync(key);
      // A missing key reads as '' in WeChat.
      memory.set(key, value === '' || value === null ? undefined : value);
    });
  };
  const remember = (key: string, value: unknown, isSaved: boolean): boolean => {
    memory.set(key, value);
    if (isSaved) unsaved.delete(key);
    else unsaved.add(key);
    return isSaved;
  };
  const removes = (key: string) =>
    tries(key, () => {
      store.removeStorageSync(key);
    });

  return {
    read(key) {
      if (!memory.has(key)) reread(key);
      if (!memory.has(key)) throw new Problem('storage_failed', 0, key);
      return memory.get(key);
    },
    reread,
    write(key, value) {
      const sets = () =>
        tries(key, () => {
          store.setStorageSync(key, value as never);
        });
      return remember(key, value, sets() || (removes(key) && sets()));
    },
    remove: (key) => remember(key, undefined, removes(key)),
  };
}

import type { Log } from './log.js';
import { Problem } from './problem.js';
import type { Port, TokenStorage } from './port.js';

/** The storage of one instance of the client. */
export interface Storage {
  /**
   * Returns the value of a key; `undefined` if there is none. Reads each key from the platform once per launch, because each
   * access to the platform's storage blocks the page.
   * @throws {Problem} `storage_failed` if the key cannot be read; it may still have a value
   */
  read: (key: string) => unknown;
  /** Reads the key from the platform again, in case another copy of the client has written it. */
  reread: (key: string) => void;
  /**
   * Stores a value. If the platform's storage fails (it is full at 1 MB per key, 10 MB in total), removes the old value to make
   * room and tries again. The next launch reads the new value or none, never the old one. This launch reads the new value.
   * @returns whether the platform has stored it
   */
  write: (key: string, value: unknown) => boolean;
  remove: (key: string) => boolean;
}

/** Creates the storage: a cache in memory and the given storage, else that of the platform. */
export function createStorage(port: Port, given: TokenStorage | undefined, log: Log): Storage {
  const store: TokenStorage = given || port;
  const memory = new Map<string, unknown>();
  /** Keys whose value is in memory only. */
  const unsaved = new Set<string>();

  /** Tries an action twice, because storages occasionally fail once. */
  const tryTwice = (key: string, action: () => void, isLast = false): boolean => {
    try {
      action();
      return true;
    } catch (error) {
      log('storage', { path: key, detail: String(error) });
      return !isLast && tryTwice(key, action, true);
    }
  };
  const reread = (key: string) => {
    if (unsaved.has(key)) return;
    tryTwice(key, () => {
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
    tryTwice(key, () => {
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
        tryTwice(key, () => {
          store.setStorageSync(key, value as never);
        });
      return remember(key, value, sets() || (removes(key) && sets()));
    },
    remove: (key) => remember(key, undefined, removes(key)),
  };
}

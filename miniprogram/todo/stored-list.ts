import { read, userKey, write } from '../storage';
import type { Document } from './items';
import type { Operation } from './operations';

/** The stored state of one user's list on this phone. */
export interface StoredList {
  /** The last document from the service; undefined before the first answer. */
  readonly base: { readonly document: Document; readonly etag: string } | undefined;
  /** The operations of the user since then that the service has not confirmed. */
  readonly queue: readonly Operation[];
}

const NAME = 'todo';

/** Returns the list of an earlier launch, or an empty one; undefined if the storage cannot be read now. */
export function readList(userId: string): StoredList | undefined {
  try {
    const stored = read(userKey(NAME, userId));
    return isStoredList(stored) ? stored : { base: undefined, queue: [] };
  } catch (error) {
    console.warn('storage', error);
    return undefined;
  }
}

/** @returns whether the next launch will find it: false if the storage is full */
export function writeList(userId: string, list: StoredList): boolean {
  return write(userKey(NAME, userId), list);
}

function isStoredList(value: unknown): value is StoredList {
  if (typeof value !== 'object' || value === null) return false;
  const { queue, base } = value as Readonly<Record<string, unknown>>;
  return Array.isArray(queue) && (base === undefined || (typeof base === 'object' && base !== null));
}

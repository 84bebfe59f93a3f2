import { read, userKey, write } from '../storage';
import type { Document } from './items';
import type { Operation } from './operations';

/** What a phone stores of one user's list. */
export interface StoredList {
  /** The document as the service last had it; undefined before the first answer. */
  readonly base: { readonly document: Document; readonly etag: string } | undefined;
  /** What the user did since and the service has not confirmed. */
  readonly queue: readonly Operation[];
}

const NAME = 'todo';

/** The list of an earlier launch, or an empty one; undefined if the storage could not be read now. */
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

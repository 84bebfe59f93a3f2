import { isJson } from '../services/json';
import { read, userKey, write } from '../services/storage';
import type { Document } from './items';
import type { Operation } from './operations';

/** What a phone keeps of one user's list. */
export interface StoredList {
  /** The document as the service last had it; undefined before the first answer. */
  readonly base: { readonly document: Document; readonly etag: string } | undefined;
  /** What the user did since and the service has not confirmed. */
  readonly queue: readonly Operation[];
}

const NAME = 'todo';

/** The list of an earlier launch, or an empty one. */
export function readList(userId: string): StoredList {
  const stored = read(userKey(NAME, userId));
  return isStoredList(stored) ? stored : { base: undefined, queue: [] };
}

/** @returns whether the next launch will find it: false when the storage is full */
export function writeList(userId: string, list: StoredList): boolean {
  return write(userKey(NAME, userId), list);
}

function isStoredList(value: unknown): value is StoredList {
  return isJson(value) && Array.isArray(value.queue) && (value.base === undefined || isJson(value.base));
}

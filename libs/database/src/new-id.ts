import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const ID_BYTES = 16;
/** Random bytes for 256 ids. A call per id would cost four times as much as the rest of the id. */
const pool = Buffer.alloc(256 * ID_BYTES);
let used = pool.length;
let lastMs = -Infinity;
let sequence = 0;

/**
 * Returns a new id for a row: a UUID of version 7 (RFC 9562). As text it is greater than all earlier ids of this process.
 * @see docs/adr/0008-uuidv7-ids.md
 */
export function newId(): string {
  const random = takeRandom();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // 31 bits leave room to increment the sequence within one millisecond.
    sequence = random.readUInt32BE(6) >>> 1;
  } else sequence += 1;
  return v7({ random, msecs: lastMs, seq: sequence });
}

/** Returns random bytes that no earlier id used. */
function takeRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.subarray(used, (used += ID_BYTES));
}

/**
 * Returns the smallest UUIDv7 of a time: its first 48 bits are the epoch milliseconds (RFC 9562 section 5.7). Rows of an earlier
 * time have smaller ids.
 */
export function firstIdOf(epochMs: number): string {
  const hex = epochMs.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Returns whether a text has the form of an id of this service: a UUID in lower case, as {@link newId} returns it. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

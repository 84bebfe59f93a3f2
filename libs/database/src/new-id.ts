import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const ID_BYTES = 16;
/** As many bytes as 256 ids need: asked for one by one, they cost four times as much as the rest of an id. */
const pool = Buffer.alloc(256 * ID_BYTES);
let used = pool.length;
let lastMs = -Infinity;
let sequence = 0;

/**
 * A new id for a row: a UUID of version 7 (RFC 9562), greater as text than those this process made before.
 * @see docs/adr/0008-uuidv7-ids.md
 */
export function newId(): string {
  const random = takeRandom();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // 31 bits, so that those of one millisecond can be counted up.
    sequence = random.readUInt32BE(6) >>> 1;
  } else sequence += 1;
  return v7({ random, msecs: lastMs, seq: sequence });
}

/** Bytes that nobody gets again. */
function takeRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.subarray(used, (used += ID_BYTES));
}

/** Whether a text has the form of an id of this service: a UUID in lower case, as {@link newId} writes it. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

import { attempt } from './attempt.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import { randomId } from './random-id.js';
import type { Storage } from './storage.js';
import { after, delay, remainingMs } from './timers.js';

const LEASE_MS = 3000;
const RENEW_MS = 1000;
const POLL_MS = 50;

/**
 * Returns a function that acquires a lease among the copies of the client in this mini-program. (An independent sub-package has
 * its own copy.) Only the holder logs in or refreshes. It resolves to a function that releases the lease. The lease of a copy
 * that has ended expires after three seconds. If the storage fails, it resolves without a lease.
 */
export function createLease(storage: Storage, key: string, log: Log): () => Promise<() => void> {
  const owner = randomId();

  const heldByAnother = () => {
    storage.reread(key);
    const held = Object(attempt(() => storage.read(key))) as Json;
    return held['owner'] !== owner && remainingMs(LEASE_MS, Number(held['atMs'])) > 0;
  };

  return async () => {
    if (heldByAnother()) log('wait');
    // This loop ends, because every step of the other copy has a deadline.
    while (heldByAnother()) await delay(POLL_MS);
    let stop: () => void;
    const renew = () => {
      storage.write(key, { owner, atMs: Date.now() });
      stop = after(RENEW_MS, renew);
    };
    renew();
    return () => {
      stop();
      if (!heldByAnother()) storage.remove(key);
    };
  };
}

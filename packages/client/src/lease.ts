import { attempt } from './attempt.js';
import type { Json } from './json.js';
import type { Log } from './log.js';
import { randomId } from './random-id.js';
import type { Storage } from './storage.js';
import { after, delay, leftOf } from './timers.js';

const LEASE_MS = 3000;
const RENEW_MS = 1000;
const POLL_MS = 50;

/**
 * Returns a function that waits until no other copy of the client in this mini-program (an independent sub-package has its
 * own) logs in or refreshes, and keeps the others waiting until the function that it resolves to is called. A copy that
 * dies holds the others up for three seconds at most. Without a working storage there is no lease, and no failure.
 */
export function createLease(storage: Storage, key: string, log: Log): () => Promise<() => void> {
  const owner = randomId();

  const heldByAnother = () => {
    storage.reread(key);
    const held = Object(attempt(() => storage.read(key))) as Json;
    return held['owner'] !== owner && leftOf(LEASE_MS, Number(held['atMs'])) > 0;
  };

  return async () => {
    if (heldByAnother()) log('wait');
    // Every step of the other copy has a deadline.
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

import { randomBytes } from 'node:crypto';
import { ExpiringMap } from '../expiring-map.js';

/** WeChat promises no figure; without one, the memory of a sandbox that runs for weeks would only grow. */
const SESSION_KEY_TTL_MS = 3 * 24 * 3_600_000;

/** The current session_key of each openid: the base64 of 16 random bytes. */
export class SessionKeys {
  readonly #keys = new ExpiringMap<string>(SESSION_KEY_TTL_MS);

  /** Makes the old key worthless, as a `wx.login()` does. */
  rotate(openid: string): string {
    const session_key = randomBytes(16).toString('base64');
    this.#keys.set(openid, session_key);
    return session_key;
  }

  current(openid: string): string {
    return this.#keys.get(openid) ?? this.rotate(openid);
  }

  clear(): void {
    this.#keys.clear();
  }
}

import { randomBytes } from 'node:crypto';
import { ExpiringMap } from './expiring-map.js';
import type { WeixinIdentity } from './identity.js';

/** WeChat promises no figure; without one, the memory of a sandbox that runs for weeks would only grow. */
const SESSION_KEY_TTL_MS = 3 * 24 * 3_600_000;

/** Whose session_key: openids differ from app to app. */
type Whose = Pick<WeixinIdentity, 'appid' | 'openid'>;

interface SessionKey {
  session_key: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** The one valid session_key of each openid: the base64 of 16 random bytes. */
export class SessionKeys {
  readonly #keys = new ExpiringMap<SessionKey>(SESSION_KEY_TTL_MS);

  /**
   * Makes the old key worthless, as a `wx.login()` does.
   * @param session_key the new one; random by default
   */
  rotate(whose: Whose, session_key?: string): string {
    return this.#replace(whose, Date.now() + SESSION_KEY_TTL_MS, session_key);
  }

  /** Makes the old key worthless; the new one dies when the old one would have. Undefined where there is none. */
  reset(whose: Whose): string | undefined {
    const old = this.#alive(whose);
    return old && this.#replace(whose, old.expiresAt);
  }

  find(whose: Whose): string | undefined {
    return this.#alive(whose)?.session_key;
  }

  current(whose: Whose): string {
    return this.find(whose) ?? this.rotate(whose);
  }

  clear(): void {
    this.#keys.clear();
  }

  #alive(whose: Whose): SessionKey | undefined {
    const key = this.#keys.get(nameOf(whose));
    return key && key.expiresAt > Date.now() ? key : undefined;
  }

  #replace(whose: Whose, expiresAt: number, session_key = randomBytes(16).toString('base64')): string {
    this.#keys.set(nameOf(whose), { session_key, expiresAt });
    return session_key;
  }
}

function nameOf({ appid, openid }: Whose): string {
  return `${appid}/${openid}`;
}

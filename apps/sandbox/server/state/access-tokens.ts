import { randomBytes } from 'node:crypto';
import type { Errcode } from './errcodes.js';
import { ExpiringMap } from './expiring-map.js';

const TTL_MS = 7200_000;
/** A dead token is known for a day, so that it is called expired and not invalid. */
const REMEMBERED_MS = 24 * 3600_000;
const FORM = /^\d{2}_[A-Za-z0-9_-]{134}$/;

/** An access token that was issued, by stable_token or by token. */
export interface AccessToken {
  access_token: string;
  appid: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Epoch milliseconds from which on a newer one has taken its place; Infinity: not replaced. */
  replacedAt: number;
}

/** Every access token that was issued, from either endpoint: the APIs take both. */
export class AccessTokens {
  readonly #issued = new ExpiringMap<AccessToken>(REMEMBERED_MS);

  /** A new token that lives two hours. */
  issue(appid: string): AccessToken {
    const access_token = `89_${randomBytes(100).toString('base64url')}`;
    const token = { access_token, appid, expiresAt: Date.now() + TTL_MS, replacedAt: Infinity };
    this.#issued.set(access_token, token);
    return token;
  }

  /** Whose token this is, or the errcode that a missing, malformed, unknown, replaced or expired one gets. */
  appidOf(access_token: string): string | Errcode {
    if (!access_token) return 41001;
    const token = this.#issued.get(access_token);
    if (!token) return FORM.test(access_token) ? 40001 : 40014;
    if (Date.now() >= token.replacedAt) return 40001;
    if (Date.now() >= token.expiresAt) return 42001;
    return token.appid;
  }

  clear(): void {
    this.#issued.clear();
  }
}

/** The body of a success: the token and the whole seconds it has left. */
export function tokenAnswer({ access_token, expiresAt }: AccessToken): object {
  return { access_token, expires_in: Math.floor((expiresAt - Date.now()) / 1000) };
}

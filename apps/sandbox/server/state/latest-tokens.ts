import type { AccessToken, AccessTokens } from './access-tokens.js';
import type { Errcode } from './errcodes.js';
import { Quota } from './quota.js';

const OVERLAP_MS = 300_000;
const DAY_MS = 24 * 3600_000;

/**
 * The latest token of each app that `GET /cgi-bin/token` gave. Each call makes a new one, and the one before lives five
 * more minutes: two back ends that each fetch their own take it away from each other.
 */
export class LatestTokens {
  readonly #latest = new Map<string, AccessToken>();
  readonly #perDay = new Quota(2000, DAY_MS);

  constructor(private readonly accessTokens: AccessTokens) {}

  take(appid: string): AccessToken | Errcode {
    if (!this.#perDay.take(appid)) return 45009;
    const before = this.#latest.get(appid);
    if (before) before.replacedAt = Date.now() + OVERLAP_MS;
    const token = this.accessTokens.issue(appid);
    this.#latest.set(appid, token);
    return token;
  }

  clear(): void {
    this.#latest.clear();
    this.#perDay.clear();
  }
}

import type { AccessToken, AccessTokens } from './access-tokens.js';
import type { Errcode } from './errcodes.js';
import { ExpiringMap } from './expiring-map.js';
import { Quota } from './quota.js';

const RENEWED_EARLY_MS = 300_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600_000;

/**
 * The one token of each app that stable_token repeats: renewed five minutes early, while the old one stays valid until its end,
 * so that each returned token is valid for at least five minutes.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-access-token/api_getstableaccesstoken.html
 */
export class StableTokens {
  readonly #current = new Map<string, AccessToken>();
  readonly #perMinute = new Quota(10_000, MINUTE_MS);
  readonly #perDay = new Quota(500_000, DAY_MS);
  readonly #forcedPerDay = new Quota(20, DAY_MS);
  readonly #forcedLately = new ExpiringMap<true>(30_000);

  constructor(private readonly accessTokens: AccessTokens) {}

  /**
   * @param forceRefresh replaces the token and kills the old one at once; within 30 seconds of the last time it does
   *   not, and the call is an ordinary one
   */
  take(appid: string, forceRefresh: boolean): AccessToken | Errcode {
    if (!this.#perMinute.take(appid)) return 45011;
    if (!this.#perDay.take(appid)) return 45009;
    return forceRefresh && !this.#forcedLately.get(appid) ? this.#force(appid) : this.#repeat(appid);
  }

  clear(): void {
    this.#current.clear();
    this.#perMinute.clear();
    this.#perDay.clear();
    this.#forcedPerDay.clear();
    this.#forcedLately.clear();
  }

  #force(appid: string): AccessToken | Errcode {
    if (!this.#forcedPerDay.take(appid)) return 45009;
    this.#forcedLately.set(appid, true);
    const current = this.#current.get(appid);
    if (current) current.replacedAt = Date.now();
    return this.#renew(appid);
  }

  #repeat(appid: string): AccessToken {
    const current = this.#current.get(appid);
    return current && current.expiresAt - Date.now() >= RENEWED_EARLY_MS ? current : this.#renew(appid);
  }

  #renew(appid: string): AccessToken {
    const token = this.accessTokens.issue(appid);
    this.#current.set(appid, token);
    return token;
  }
}

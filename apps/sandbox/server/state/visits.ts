import type { Errcode } from './errcodes.js';
import { ExpiringMap } from './expiring-map.js';
import { isOpenid, type WeixinIdentity } from './identity.js';

const VISIT_TTL_MS = 2 * 3600_000;

/** Who had a mini-program open within the last two hours: some APIs know an openid only so long. */
export class Visits {
  readonly #visits = new ExpiringMap<WeixinIdentity>(VISIT_TTL_MS);

  note(identity: WeixinIdentity): void {
    this.#visits.set(identity.openid, identity);
  }

  /** Who is behind an openid, or the errcode that one gets which is malformed, too long away or of another app. */
  visitor(appid: string, openid: string): WeixinIdentity | Errcode {
    if (!isOpenid(openid)) return 40003;
    const visitor = this.#visits.get(openid);
    if (!visitor) return 61010;
    return visitor.appid === appid ? visitor : 43104;
  }

  clear(): void {
    this.#visits.clear();
  }
}

import { ExpiringMap } from '../expiring-map.js';
import type { WeixinIdentity } from '../weixin/identity.js';

const VISIT_TTL_MS = 2 * 3600_000;

/** Who had a mini-program open within the last two hours: some APIs know an openid only so long. */
export class Visits {
  readonly #visits = new ExpiringMap<WeixinIdentity>(VISIT_TTL_MS);

  note(identity: WeixinIdentity): void {
    this.#visits.set(identity.openid, identity);
  }

  find(openid: string): WeixinIdentity | undefined {
    return this.#visits.get(openid);
  }

  clear(): void {
    this.#visits.clear();
  }
}

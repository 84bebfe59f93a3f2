import { ExpiringMap } from '../expiring-map.js';

/** Exchanges a minute that WeChat allows one user. */
export const EXCHANGES_PER_MINUTE = 100;

/** Counts the exchanges of each openid. A minute begins with the first one, so that a test never meets its edge. */
export class MinuteQuota {
  readonly #minutes = new ExpiringMap<{ exchanges: number }>(60_000);

  /** Takes one exchange out of the minute's quota; false, and nothing taken, where none is left. */
  take(openid: string): boolean {
    const minute = this.#minutes.get(openid);
    if (!minute) this.#minutes.set(openid, { exchanges: 1 });
    else if (minute.exchanges < EXCHANGES_PER_MINUTE) minute.exchanges += 1;
    else return false;
    return true;
  }

  clear(): void {
    this.#minutes.clear();
  }
}

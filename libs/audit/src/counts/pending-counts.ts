import type { NewAuthEvent } from '../auth-event-row.js';
import type { CountedKind, HourlyCount } from './hourly-count.entity.js';

/** Milliseconds of a row of `hourly_counts`. */
export const HOUR_MS = 3_600_000;

/** Counts events in memory until they are written. Its size is bounded: codes and mini-programs are those of this service. */
export class PendingCounts {
  private readonly counts = new Map<string, HourlyCount>();

  /** Counts an event that happens now, if its kind is counted. A hot path: each login calls it. */
  add({ kind, appid = '', detail = '', isNewUser = false }: NewAuthEvent): void {
    if (kind === 'login' || kind === 'phone_bound') this.increment(appid, kind, '');
    if (kind === 'login_refused') this.increment(appid, kind, detail);
    if (isNewUser) this.increment(appid, 'new_user', '');
  }

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  /** Returns what is not written yet, in the order of the primary key, so that no two instances lock rows crosswise. */
  rows(): HourlyCount[] {
    const keys = [...this.counts.keys()].sort();
    return keys.flatMap((key) => ({ ...(this.counts.get(key) as HourlyCount) }));
  }

  /** Removes rows that were written. */
  subtract(rows: readonly HourlyCount[]): void {
    for (const row of rows) {
      const key = keyOf(row);
      const pending = this.counts.get(key);
      if (!pending) continue;
      pending.count -= row.count;
      if (pending.count === 0) this.counts.delete(key);
    }
  }

  private increment(appid: string, kind: CountedKind, code: string): void {
    const hour = Math.floor(Date.now() / HOUR_MS);
    const key = keyOf({ hour, appid, kind, code });
    const known = this.counts.get(key);
    if (known) known.count += 1;
    else this.counts.set(key, { hour, appid, kind, code, count: 1 });
  }
}

const keyOf = ({ hour, appid, kind, code }: Omit<HourlyCount, 'count'>) => `${hour} ${appid} ${kind} ${code}`;

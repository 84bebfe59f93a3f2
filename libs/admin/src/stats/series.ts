import { HOUR_MS, type KindCount } from '@app/audit';
import type { Range, StatsPoint } from './stats.dto.js';

/** The number of points, and the hours of each. Points of a day begin at 0:00 UTC. */
const POINTS: Readonly<Record<Range, { readonly number: number; readonly hours: number }>> = {
  '24h': { number: 24, hours: 1 },
  '7d': { number: 7, hours: 24 },
  '30d': { number: 30, hours: 24 },
};
const MEMBERS = { login: 'logins', login_refused: 'refusals', new_user: 'new_users' } as const;

/**
 * Returns the hour that a range begins with.
 * @param now epoch milliseconds
 */
export function firstHourOf(range: Range, now: number): number {
  const { number, hours } = POINTS[range];
  return (Math.floor(now / HOUR_MS / hours) - number + 1) * hours;
}

/** Returns the points of a range, also those without any count. */
export function seriesOf(range: Range, firstHour: number, counts: readonly KindCount[]): StatsPoint[] {
  const { number, hours } = POINTS[range];
  const series = Array.from({ length: number }, (_, index) => ({
    at: new Date((firstHour + index * hours) * HOUR_MS).toISOString(),
    logins: 0,
    new_users: 0,
    refusals: 0,
  }));
  for (const { hour, kind, count } of counts) {
    // The clock of another instance may be ahead.
    const point = series[Math.min(Math.floor((hour - firstHour) / hours), number - 1)];
    if (point && kind !== 'phone_bound') point[MEMBERS[kind]] += count;
  }
  return series;
}

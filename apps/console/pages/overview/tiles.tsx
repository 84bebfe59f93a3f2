import { formatNumber } from '../../parts/time.js';
import { hrefOf } from '../../shell/router.js';
import { texts } from '../../texts/texts.js';
import type { Stats } from './stats.js';

const words = texts.overview;

/** The figures of the range as numbers; some lead to what they count. */
export function Tiles({ stats }: { stats: Stats }) {
  const sum = (of: 'logins' | 'new_users' | 'refusals') =>
    stats.series.reduce((total, point) => total + point[of], 0);
  const tiles: readonly (readonly [name: string, value: number, href?: string])[] = [
    [words.users, stats.users, hrefOf('users')],
    [words.activeToday, stats.active_today],
    [words.logins, sum('logins'), hrefOf('events', undefined, { kind: 'login' })],
    [words.newUsers, sum('new_users')],
    [words.refusals, sum('refusals'), hrefOf('events', undefined, { kind: 'login_refused' })],
    [words.phoneNumbers, stats.phone_numbers, hrefOf('events', undefined, { kind: 'phone_bound' })],
    [words.deletionsDue, stats.deletions_due, hrefOf('users', undefined, { state: 'deleting' })],
  ];
  return (
    <dl class="tiles">
      {tiles.map(([name, value, href]) => (
        <div key={name} class="card">
          <dt>{name}</dt>
          <dd>{href === undefined ? formatNumber(value) : <a href={href}>{formatNumber(value)}</a>}</dd>
        </div>
      ))}
    </dl>
  );
}

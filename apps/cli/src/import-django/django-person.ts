import type { Words } from '../language.js';
import type { DjangoRow } from './django-database.js';
import { documentOf } from './django-items.js';

/** A user of the Django project, as this service stores them. */
export interface DjangoPerson {
  readonly openid: string;
  /** Epoch milliseconds. */
  readonly joinedAt: number;
  readonly isActive: boolean;
  /** JSON; undefined if the items could not be read. */
  readonly body: string | undefined;
}

/** Items that cannot become a document, with the reason. */
export interface SetAside {
  readonly openid: string;
  readonly reason: Words;
  readonly items: unknown;
}

/**
 * Reads one row. In the tutorial `username` is the openid; staff use Django's admin pages and no mini-program.
 * @returns undefined for a row that is not a user of WeChat
 */
export function personOf(row: DjangoRow): { person: DjangoPerson; aside?: SetAside } | undefined {
  if (row.is_staff || row.is_superuser || !/^[\w-]{1,64}$/.test(row.username)) return undefined;
  const openid = row.username;
  const joinedAt = Date.parse(`${row.date_joined.replace(' ', 'T')}Z`);
  const items = documentOf(row.items);
  const person = {
    openid,
    joinedAt: Number.isNaN(joinedAt) ? Date.now() : joinedAt,
    isActive: Boolean(row.is_active),
    body: 'body' in items ? items.body : undefined,
  };
  return 'fault' in items ? { person, aside: { openid, reason: items.fault, items: row.items } } : { person };
}

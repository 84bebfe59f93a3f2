import type { DjangoRow } from './django-database.js';
import { documentOf } from './django-items.js';

/** A user of the Django project as this service will know them. */
export interface DjangoPerson {
  readonly openid: string;
  /** Epoch milliseconds. */
  readonly joinedAt: number;
  readonly isActive: boolean;
  /** JSON; undefined where the items could not be read. */
  readonly body: string | undefined;
}

/** Items that become no document, with the reason. */
export interface KeptAside {
  readonly openid: string;
  readonly reason: string;
  readonly items: unknown;
}

/**
 * Reads one row. The tutorial takes the openid as `username`; staff are people of Django's admin pages and no users of
 * a mini-program.
 * @returns undefined for a row that is no person of WeChat
 */
export function personOf(row: DjangoRow): { person: DjangoPerson; aside?: KeptAside } | undefined {
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

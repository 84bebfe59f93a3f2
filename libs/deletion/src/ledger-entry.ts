import { parseJson } from '@app/common';
import { isId } from '@app/database';

/**
 * A line of the ledger: what happens to the account of a user. Ids and times only. A request has two: `requesting` before the
 * commit, and `requested` with the same times after it. Without the second one, the commit may have failed.
 */
export type LedgerEntry =
  | { readonly action: 'requesting' | 'requested'; readonly user_id: string; readonly deletes_at: string }
  | { readonly action: 'cancelled'; readonly user_id: string }
  | { readonly action: 'erased'; readonly user_id: string; readonly merged_user_ids: readonly string[] };

/** An entry as the ledger has it. */
export type RecordedEntry = LedgerEntry & {
  /** ISO 8601, by the database's clock: instances with ledgers of their own share it. */
  readonly at: string;
};

/** A recorded request. */
export type RecordedRequest = Extract<RecordedEntry, { action: 'requesting' | 'requested' }>;

/** Returns the entry of a line; undefined if it is none, as after a power loss. */
function parseLedgerEntry(line: string): RecordedEntry | undefined {
  const entry = parseJson(line) as Partial<Record<string, unknown>> | null | undefined;
  if (typeof entry !== 'object' || entry === null || !isUserId(entry['user_id'])) return undefined;
  const { at, action, user_id, deletes_at, merged_user_ids } = entry;
  if (!isTime(at)) return undefined;
  if (action === 'cancelled') return { at, action, user_id };
  if ((action === 'requesting' || action === 'requested') && isTime(deletes_at))
    return { at, action, user_id, deletes_at };
  if (action === 'erased' && Array.isArray(merged_user_ids) && merged_user_ids.every(isUserId))
    return { at, action, user_id, merged_user_ids };
  return undefined;
}

/** What ledgers say. */
export interface LedgerSummary {
  /** By user id. */
  readonly latest: ReadonlyMap<string, RecordedEntry>;
  /** The requests without a later entry of the user, which were perhaps not committed. */
  readonly unconfirmed: readonly RecordedRequest[];
  /** How many lines are no entries. */
  readonly unreadable: number;
}

/** Reads the lines of ledgers. Of each user, the entry with the latest time counts. */
export function readLedger(lines: readonly string[]): LedgerSummary {
  const read = lines.filter((line) => line.trim() !== '').map(parseLedgerEntry);
  const entries = read.filter((entry) => entry !== undefined);
  entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const latest = new Map<string, RecordedEntry>();
  const requesting = new Map<string, RecordedRequest>();
  for (const entry of entries) {
    if (entry.action === 'requesting') {
      requesting.set(entry.user_id, entry);
    } else {
      latest.set(entry.user_id, entry);
      requesting.delete(entry.user_id);
    }
  }
  return { latest, unconfirmed: [...requesting.values()], unreadable: read.length - entries.length };
}

const isUserId = (value: unknown): value is string => typeof value === 'string' && isId(value);

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));

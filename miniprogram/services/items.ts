import { sendAsUser } from './login';
import { Problem } from './problem';
import { isJson } from './wechat';
import type { Json } from './wechat';

/** An entry of the user's list. Members that this version does not know are kept. */
export interface Item {
  /** Unique in the list. */
  id: number | string;
  content: string;
  checked: boolean;
  readonly [member: string]: unknown;
}

/** The user's document as it was last read, and the version that a write must still find. */
interface Snapshot {
  document: Json;
  items: Item[];
  etag: string;
}

const PATH = '/api/weixin/data/';
const MAX_ATTEMPTS = 3;

let latest: Snapshot | undefined;
let lastChange: Promise<unknown> = Promise.resolve();

/**
 * Reads the user's list.
 * @throws {Problem} as `sendAsUser`; `answer_unreadable` for a document whose `items` is no list of ours, since
 *   writing it back would destroy it
 */
export async function loadItems(): Promise<Item[]> {
  return (await read()).items;
}

/**
 * Changes the user's list and gives it as it was written. When somebody else wrote first (412), reads again and
 * applies the change to what they wrote, so `change` may run more than once. Changes run one after the other.
 * @throws {Problem} as `loadItems`; `precondition_failed` when others wrote first three times in a row
 */
export function changeItems(change: (items: readonly Item[]) => Item[]): Promise<Item[]> {
  const result = lastChange.then(() => apply(change));
  lastChange = result.catch(() => undefined);
  return result;
}

async function apply(change: (items: readonly Item[]) => Item[]): Promise<Item[]> {
  for (let attempt = 1; ; attempt++) {
    const base = latest ?? (await read());
    const items = change(base.items);
    const document = { ...base.document, items };
    // Whatever goes wrong now, what the service holds is not known any more.
    latest = undefined;
    try {
      const { etag } = await sendAsUser({
        method: 'POST',
        path: PATH,
        header: { 'If-Match': base.etag },
        body: document,
      });
      latest = { document, items, etag };
      return items;
    } catch (error) {
      const overtaken = error instanceof Problem && error.status === 412;
      if (!overtaken || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function read(): Promise<Snapshot> {
  const { body, etag } = await sendAsUser({ method: 'GET', path: PATH });
  const document: Record<string, unknown> = { ...body };
  // The answer's own member; the document has none of that name.
  delete document.code;
  const items = document.items ?? [];
  if (!isItemList(items)) throw new Problem('answer_unreadable', 200, 'items is not a list of items');
  latest = { document, items, etag };
  return latest;
}

function isItemList(value: unknown): value is Item[] {
  return Array.isArray(value) && value.every(isItem);
}

function isItem(value: unknown): value is Item {
  if (!isJson(value)) return false;
  const { id, content, checked } = value;
  return (
    (typeof id === 'number' || typeof id === 'string') &&
    typeof content === 'string' &&
    typeof checked === 'boolean'
  );
}

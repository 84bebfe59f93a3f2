import { isItem } from './items';
import type { Item } from './items';

/**
 * A change of the list by the user, in a form that can be applied again. Applied again to the same list, it changes nothing.
 * Applied to a list that another device has changed, it changes only what the user changed. If the addition of an entry
 * was never confirmed and another phone has removed the entry since, it appears again rather than being lost.
 */
export type Operation =
  /** `before`: the id of the entry before which it is inserted; at the end if that does not exist. */
  | { kind: 'add'; item: Item; before?: string }
  | { kind: 'edit'; id: string; content: string }
  | { kind: 'check'; id: string; checked: boolean }
  | { kind: 'remove'; id: string };

/** Returns the list after the operations, applied in order. Entries that cannot be read stay unchanged. */
export function applyAll(items: readonly unknown[], operations: readonly Operation[]): readonly unknown[] {
  return operations.reduce(apply, items);
}

function apply(items: readonly unknown[], operation: Operation): readonly unknown[] {
  switch (operation.kind) {
    case 'add':
      return added(items, operation.item, operation.before);
    case 'edit':
      return changed(items, operation.id, { content: operation.content });
    case 'check':
      return changed(items, operation.id, { checked: operation.checked });
    case 'remove':
      return items.filter((item) => !has(item, operation.id));
  }
}

function added(items: readonly unknown[], item: Item, before: string | undefined): readonly unknown[] {
  if (items.some((one) => has(one, String(item.id)))) return items;
  const at = before === undefined ? -1 : items.findIndex((one) => has(one, before));
  return at < 0 ? [...items, item] : [...items.slice(0, at), item, ...items.slice(at)];
}

/** An entry that another device has removed stays removed. */
function changed(items: readonly unknown[], id: string, change: Partial<Item>): readonly unknown[] {
  return items.map((item) => (isItem(item) && has(item, id) ? { ...item, ...change } : item));
}

/** Compares ids as text, because a page passes every id as text. */
function has(item: unknown, id: string): boolean {
  return isItem(item) && String(item.id) === id;
}

import { isItem } from './items';
import type { Item } from './items';

/**
 * What the user did to the list, in a form that can be done again: to the same list, where it changes nothing more, or
 * to one that somebody else has changed meanwhile, where it changes only what the user meant. An entry whose addition was
 * never confirmed and that another phone has removed by then comes back: better than one lost.
 */
export type Operation =
  /** `before`: the id of the entry in front of which it goes, if that is there; else to the end. */
  | { kind: 'add'; item: Item; before?: string }
  | { kind: 'edit'; id: string; content: string }
  | { kind: 'check'; id: string; checked: boolean }
  | { kind: 'remove'; id: string };

/** The list after some operations, in their order. Entries that cannot be read stay where they are. */
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

/** By its text: a page hands out the id of an entry as text, whatever it was. */
function has(item: unknown, id: string): boolean {
  return isItem(item) && String(item.id) === id;
}

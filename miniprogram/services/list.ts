import type { Item } from './items';

/** The list with a new, unchecked entry at its end. Its id is one above the highest number in use. */
export function withAdded(items: readonly Item[], content: string): Item[] {
  const numbers = items.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
  return [...items, { id: Math.max(0, ...numbers) + 1, content, checked: false }];
}

/** The list with one entry checked or unchecked; unchanged when somebody else has removed that entry. */
export function withChecked(items: readonly Item[], id: string, checked: boolean): Item[] {
  return items.map((item) => (String(item.id) === id ? { ...item, checked } : item));
}

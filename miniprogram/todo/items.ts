/** An entry of the list. Members that this version does not know are kept. */
export interface Item {
  /** Unique in the list. Ours are text made on the phone; the tutorial's are numbers. */
  id: number | string;
  content: string;
  checked: boolean;
  readonly [member: string]: unknown;
}

/** The user's document as the service keeps it: the list, and whatever else is in it. */
export interface Document {
  readonly items: readonly unknown[];
  readonly [member: string]: unknown;
}

/** Whether a value is an entry that can be shown. Anything else in the list is kept and left alone. */
export function isItem(value: unknown): value is Item {
  if (typeof value !== 'object' || value === null) return false;
  const { id, content, checked } = value as Readonly<Record<string, unknown>>;
  return (
    (typeof id === 'number' || typeof id === 'string') &&
    typeof content === 'string' &&
    typeof checked === 'boolean'
  );
}

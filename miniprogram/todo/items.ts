/** An entry of the list. Members that this version does not know are preserved. */
export interface Item {
  /** Unique in the list. This mini-program creates texts; the tutorial used numbers. */
  id: number | string;
  content: string;
  checked: boolean;
  readonly [member: string]: unknown;
}

/** The user's document at the service: the list and any other members. */
export interface Document {
  readonly items: readonly unknown[];
  readonly [member: string]: unknown;
}

/** Returns whether a value is an entry that can be shown. All other values in the list are preserved unchanged. */
export function isItem(value: unknown): value is Item {
  if (typeof value !== 'object' || value === null) return false;
  const { id, content, checked } = value as Readonly<Record<string, unknown>>;
  return (
    (typeof id === 'number' || typeof id === 'string') &&
    typeof content === 'string' &&
    typeof checked === 'boolean'
  );
}

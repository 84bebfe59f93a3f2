import { storedText } from '@app/user-data';

/** Of documents, as everywhere in this service. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_DEPTH = 32;

/** The document that `items` become, or why they become none. */
export type Items = { readonly body: string } | { readonly fault: string };

/** The document of a Django profile: `{"items": …}`. A profile without items gives the document of a new user. */
export function documentOf(items: unknown): Items {
  if (items === null || items === '') return { body: '{"items":[]}' };
  const value = typeof items === 'string' ? parse(items) : undefined;
  if (value === undefined) return { fault: 'no JSON' };
  // A TextField that was given json.dumps() of text that was JSON already.
  const inner = typeof value === 'string' ? parse(value) : value;
  if (inner === undefined) return { fault: 'a text that is no JSON' };
  if (isDeeperThan(inner, MAX_DEPTH - 1)) return { fault: `deeper than ${MAX_DEPTH} levels` };
  const body = storedText({ items: inner ?? [] });
  return Buffer.byteLength(body) > MAX_BODY_BYTES ? { fault: 'larger than 64 KiB' } : { body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

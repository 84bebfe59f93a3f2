import { storedText } from '@app/user-data';
import type { Words } from '../language.js';

/** The limits of every document. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_DEPTH = 32;

/** The document of `items`, or the reason why there is none. */
export type Items = { readonly body: string } | { readonly fault: Words };

/** Returns the document of a Django profile: `{"items": …}`; without items, the document of a new user. */
export function documentOf(items: unknown): Items {
  if (items === null || items === '') return { body: '{"items":[]}' };
  const value = typeof items === 'string' ? parse(items) : undefined;
  if (value === undefined) return { fault: { en: 'not JSON', zh: '不是 JSON' } };
  // A TextField with the result of json.dumps() on text that was JSON already.
  const inner = typeof value === 'string' ? parse(value) : value;
  if (inner === undefined) return { fault: { en: 'a text that is not JSON', zh: '文本内容不是 JSON' } };
  if (isDeeperThan(inner, MAX_DEPTH - 1))
    return { fault: { en: `deeper than ${MAX_DEPTH} levels`, zh: `嵌套超过 ${MAX_DEPTH} 层` } };
  const body = storedText({ items: inner ?? [] });
  return Buffer.byteLength(body) > MAX_BODY_BYTES
    ? { fault: { en: 'larger than 64 KiB', zh: '超过 64 KiB' } }
    : { body };
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

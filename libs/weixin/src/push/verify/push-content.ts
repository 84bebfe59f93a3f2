import { parseJson } from '@app/common';
import { xmlMembers } from './xml-members.js';

/** The top-level members of a push as texts, by their names. Members with members of their own are left out. */
export type PushMembers = ReadonlyMap<string, string>;

/**
 * Reads the body or the content of a push. Only its first character decides between XML and JSON: WeChat has sent both as
 * `text/plain`.
 * @returns undefined if it is neither, is not UTF-8, or names a member twice
 */
export function readPush(bytes: Uint8Array): PushMembers | undefined {
  const text = decoded(bytes)?.trim();
  if (text === undefined) return undefined;
  return text.startsWith('<') ? xmlMembers(text) : jsonMembers(text);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    // Removes a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function jsonMembers(text: string): PushMembers | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = new Map<string, string>();
  for (const [key, member] of Object.entries(value)) {
    // The samples in WeChat's documents have keys such as " OpenID".
    const name = key.trim();
    if (members.has(name)) return undefined;
    if (typeof member === 'string' || typeof member === 'number') members.set(name, String(member));
  }
  return members;
}

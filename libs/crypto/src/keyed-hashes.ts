import { createHmac } from 'node:crypto';
import type { DerivedKey } from './keyring.service.js';

/**
 * Hashes texts with a key, to find rows by them. Of phone numbers and openids there are so few, or they are so well known, that
 * anyone with a copy of the database could reverse hashes without a key.
 */
export class KeyedHashes {
  /** @param keys of {@link KeyringService.keysFor} */
  constructor(private readonly keys: readonly [DerivedKey, ...DerivedKey[]]) {}

  /** Returns `<key id>.<base64url of HMAC-SHA256>` under the present `SECRET_KEY`. */
  hash(text: string): string {
    return hash(this.keys[0], text);
  }

  /** Returns the hashes under all accepted secrets: the stored hash may be under any of them. */
  allHashes(text: string): string[] {
    return this.keys.map((key) => hash(key, text));
  }

  /** Returns whether a hash was made under the present `SECRET_KEY`. */
  isCurrent(stored: string): boolean {
    return stored.startsWith(`${this.keys[0].id}.`);
  }
}

function hash({ id, key }: DerivedKey, text: string): string {
  return `${id}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type DerivedKey, KeyringService } from '@app/crypto';

/**
 * Keyed hashes to find phone numbers by. There are so few numbers that a hash without a key would give all of them
 * away to whoever has a copy of the database.
 */
@Injectable()
export class PhoneHashes {
  private readonly keys: readonly [DerivedKey, ...DerivedKey[]];

  constructor(keyring: KeyringService) {
    this.keys = keyring.keysFor('phone-hash');
  }

  /** `<key id>.<base64url of HMAC-SHA256>`, under the present `SECRET_KEY`. */
  hash(e164: string): string {
    return hash(this.keys[0], e164);
  }

  /** The same under every accepted secret: the one that is stored may be of any of them. */
  allHashes(e164: string): string[] {
    return this.keys.map((key) => hash(key, e164));
  }

  /** Whether a hash was made under the present `SECRET_KEY`. */
  isCurrent(stored: string): boolean {
    return stored.startsWith(`${this.keys[0].id}.`);
  }
}

function hash({ id, key }: DerivedKey, e164: string): string {
  return `${id}.${createHmac('sha256', key).update(e164).digest('base64url')}`;
}

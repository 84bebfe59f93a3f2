import { createCipheriv, createDecipheriv, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type DerivedKey, KeyringService } from './keyring.service.js';

/** The place a sealed value belongs to; moved to any other place it does not open. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly primaryKey: string;
}

/** A sealed value does not open: another `SECRET_KEY`, another place, or changed bytes. Holds no value. */
export class UnsealError extends Error {
  constructor(place: SealedPlace) {
    super(`${place.table}.${place.column} does not open with this SECRET_KEY`);
    this.name = 'UnsealError';
  }
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must not be readable in the database: AES-256-GCM, bound to table, column and primary key. */
@Injectable()
export class SealerService {
  private readonly current: DerivedKey;
  private readonly accepted: ReadonlyMap<string, KeyObject>;

  constructor(keyring: KeyringService) {
    const keys = keyring.keysFor('seal');
    this.current = keys[0];
    this.accepted = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /** @returns `v1.<key id>.<base64url of iv, ciphertext and tag>` */
  seal(plaintext: string, place: SealedPlace): string {
    const context = contextOf(place);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', placeKey(this.current.key, context), iv).setAAD(context);
    const bytes = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.current.id}.${bytes.toString('base64url')}`;
  }

  /** Whether a value was sealed under the present `SECRET_KEY` and not under a fallback. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.current.id}.`);
  }

  /**
   * Seals anew, under the present `SECRET_KEY`, what any accepted one sealed.
   * @throws {UnsealError}
   */
  reseal(sealed: string, place: SealedPlace): string {
    return this.seal(this.unseal(sealed, place), place);
  }

  /** @throws {UnsealError} */
  unseal(sealed: string, place: SealedPlace): string {
    const [version, keyId = '', body = ''] = sealed.split('.');
    const key = this.accepted.get(keyId);
    const bytes = Buffer.from(body, 'base64url');
    if (version !== VERSION || !key || bytes.length < IV_BYTES + TAG_BYTES) throw new UnsealError(place);
    const context = contextOf(place);
    const decipher = createDecipheriv('aes-256-gcm', placeKey(key, context), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(context)
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const plaintext = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([plaintext, decipher.final()]).toString('utf8');
    } catch {
      // Node says only "unable to authenticate data"; the place is what an operator can act on.
      throw new UnsealError(place);
    }
  }
}

/** JSON keeps the parts apart whatever characters they hold. */
function contextOf({ table, column, primaryKey }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([table, column, primaryKey]));
}

/**
 * Each place has a key of its own. Random IVs under one key are safe for about 2^32 values (NIST SP 800-38D section 8.3),
 * which a busy service writes in weeks; one row is never rewritten that often. Costs about 3 µs.
 */
function placeKey(key: KeyObject, context: Buffer): Buffer {
  return createHmac('sha256', key).update(context).digest();
}

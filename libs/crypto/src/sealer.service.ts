import { createCipheriv, createDecipheriv, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type DerivedKey, KeyringService } from './keyring.service.js';

/** The column and row of a sealed value. The value cannot be unsealed for any other column or row. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly primaryKey: string;
}

/** Reports that a value cannot be unsealed: another `SECRET_KEY`, another column or row, or changed bytes. */
export class UnsealError extends Error {
  constructor(column: SealedColumn) {
    super(`${column.table}.${column.column} does not open with this SECRET_KEY`);
    this.name = 'UnsealError';
  }
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts secrets before they are stored: AES-256-GCM, bound to table, column and primary key. */
@Injectable()
export class SealerService {
  private readonly current: DerivedKey;
  private readonly accepted: ReadonlyMap<string, KeyObject>;

  constructor(keyring: KeyringService) {
    const keys = keyring.keysFor('seal');
    this.current = keys[0];
    this.accepted = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /**
   * Encrypts a text for one column of one row.
   * @returns `v1.<key id>.<base64url of iv, ciphertext and tag>`
   */
  seal(plaintext: string, column: SealedColumn): string {
    const context = contextOf(column);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', columnKey(this.current.key, context), iv).setAAD(context);
    const bytes = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.current.id}.${bytes.toString('base64url')}`;
  }

  /** Returns whether a value was sealed with the current `SECRET_KEY` and not with a fallback. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.current.id}.`);
  }

  /**
   * Unseals a value with any accepted secret and seals it with the current `SECRET_KEY`.
   * @throws {UnsealError}
   */
  reseal(sealed: string, column: SealedColumn): string {
    return this.seal(this.unseal(sealed, column), column);
  }

  /**
   * Decrypts a value that was sealed for this column and row.
   * @throws {UnsealError}
   */
  unseal(sealed: string, column: SealedColumn): string {
    const [version, keyId = '', body = ''] = sealed.split('.');
    const key = this.accepted.get(keyId);
    const bytes = Buffer.from(body, 'base64url');
    if (version !== VERSION || !key || bytes.length < IV_BYTES + TAG_BYTES) throw new UnsealError(column);
    const context = contextOf(column);
    const decipher = createDecipheriv('aes-256-gcm', columnKey(key, context), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(context)
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const plaintext = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([plaintext, decipher.final()]).toString('utf8');
    } catch {
      // Node's own error says only "unable to authenticate data". The operator needs the table and the column.
      throw new UnsealError(column);
    }
  }
}

/** Returns table, column and primary key as JSON, which separates them even if they contain any separator. */
function contextOf({ table, column, primaryKey }: SealedColumn): Buffer {
  return Buffer.from(JSON.stringify([table, column, primaryKey]));
}

/**
 * Returns the key of one column of one row. Random IVs with one key are safe for about 2^32 values (NIST SP 800-38D section
 * 8.3). A busy service writes that many in weeks, but never into one row. Costs about 3 µs.
 */
function columnKey(key: KeyObject, context: Buffer): Buffer {
  return createHmac('sha256', key).update(context).digest();
}
